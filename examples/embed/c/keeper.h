/* keeper.h: the policy keeper for tag (version 1 of the game's words).
 *
 * Written by dryad from the policy with the hash
 * f870ed7fda6c211252a13bbe880ae55aad07ff5080a122861efb82f8294b2987.
 * Do not edit: write it again with
 *
 *     dryad policy export keeper.dryad --to c
 *
 * C99, and C++ through extern "C". No allocation, no global variable, no
 * library. A keeper_agent is plain memory: it may be copied, and one serves one seat.
 *
 *     keeper_agent agent;
 *     keeper_commands commands;
 *     keeper_start(&agent, seed, seat);
 *     for (tick = 0;; tick++) {
 *         keeper_features features = ...;
 *         keeper_tick(&agent, tick, &features, &host, &commands);
 *         ... carry out the commands ...
 *     }
 */
#ifndef KEEPER_H
#define KEEPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum keeper_status { keeper_idle = 0, keeper_running = 1, keeper_success = 2, keeper_failure = 3 } keeper_status;

/* What the tree reads. It must not change during a tick. */
typedef struct keeper_features {
    bool is_it; /* one is it and must tag another */
    double it_distance; /* steps to the player who is it; 0 for oneself (cells, 0 to 255) */
} keeper_features;

/* A target, as a chooser fills it. Its fields mean what the program around the
 * tree means by them; id and place are handed on unchanged. */
typedef struct keeper_target {
    int32_t kind; /* one of the kinds below */
    int32_t id;
    int32_t x, y, z;
} keeper_target;

enum { keeper_agent_kind = 7, keeper_item_kind = 8, keeper_position_kind = 9 };

/* An argument of a task: a number, or a target. */
typedef struct keeper_value {
    bool given; /* false for an optional argument that was left out */
    double number;
    keeper_target target;
} keeper_value;

/* What the tree does. */
typedef enum keeper_task {
    keeper_no_task = 0,
    keeper_task_move_to = 1 /* go there by a shortest way; succeeds on arrival, for a player when next to it */,
    keeper_task_flee = 2 /* step to the neighbouring cell farthest from the player */,
    keeper_task_stay = 3 /* stand still for some time */
} keeper_task;

/* The arguments of move_to. */
enum {
    keeper_argument_move_to_target = 0 /* where to go */
};

/* The arguments of flee. */
enum {
    keeper_argument_flee_from = 0 /* whom to flee */
};

/* The arguments of stay. */
enum {
    keeper_argument_stay_for = 0 /* how long */
};

/* Channels on which tasks command, as bits. */
#define KEEPER_CHANNEL_MOVE 0x1u

/* One tick of one task. */
typedef struct keeper_call {
    keeper_value arguments[1];
    bool started;    /* this is the first tick of the activation; state is zero */
    uint32_t may;    /* the channels of the task that are still free */
    uint32_t used;   /* set by the task: those that it commands */
    uint64_t draw;   /* a random word, the same for the whole activation */
    uint64_t *state; /* what the activation remembers, as many words as in dryad */
    int32_t words;
    int32_t node;    /* the node of the tree */
} keeper_call;

/* What the tree commands on a channel after a tick. */
typedef struct keeper_command {
    keeper_task task; /* keeper_no_task when nothing is commanded */
    keeper_value arguments[1];
} keeper_command;

typedef struct keeper_commands {
    keeper_command move;
} keeper_commands;

/* The choosers and tasks, by name. A chooser that is NULL finds nothing. A task
 * that is NULL runs until it is halted and uses all of its channels. */
typedef struct keeper_host {
    void *context; /* handed to every function */
    /* nearest_player: the other player with the shortest way to it */
    bool (*nearest_player)(void *context, uint64_t draw, keeper_target *target);
    /* it_player: the player who is it; none when oneself is */
    bool (*it_player)(void *context, uint64_t draw, keeper_target *target);
    /* farthest_cell: the cell with the longest way from the player who is it */
    bool (*farthest_cell)(void *context, uint64_t draw, keeper_target *target);
    /* go there by a shortest way; succeeds on arrival, for a player when next to it */
    keeper_status (*move_to)(void *context, keeper_call *call);
    /* step to the neighbouring cell farthest from the player */
    keeper_status (*flee)(void *context, keeper_call *call);
    /* stand still for some time */
    keeper_status (*stay)(void *context, keeper_call *call);
    /* A task that ran ends without having finished. It may be NULL. */
    void (*halt)(void *context, keeper_task task, keeper_call *call);
} keeper_host;

#define KEEPER_WORDS 33
#define KEEPER_STATE_BYTES 305

/* What an agent remembers. The bytes of keeper_save are those of a dryad snapshot. */
typedef struct keeper_agent {
    uint64_t words[KEEPER_WORDS];
    uint64_t counters[5]; /* networks that gave no number, 0, 0, ticks over budget, 0 */
} keeper_agent;

/* Makes a new agent. Its draws come from the seed and the seat. */
void keeper_start(keeper_agent *agent, uint64_t seed, uint64_t seat);

/* Runs the tree once. now is the tick of the match, which never decreases. */
keeper_status keeper_tick(keeper_agent *agent, int64_t now, const keeper_features *features, const keeper_host *host, keeper_commands *commands);

/* Halts all that runs, as at a death. */
void keeper_halt(keeper_agent *agent, int64_t now, const keeper_host *host);

/* Writes what the agent remembers. */
void keeper_save(const keeper_agent *agent, unsigned char bytes[KEEPER_STATE_BYTES]);

/* Sets what the agent remembers; false, and no change, for bytes that keeper_save of
 * this policy cannot have written. */
bool keeper_restore(keeper_agent *agent, const unsigned char *bytes, size_t size);

/* The key hunts. */
double keeper_key_hunts(const keeper_agent *agent);
void keeper_set_key_hunts(keeper_agent *agent, double value);

#ifdef __cplusplus
}
#endif

#endif

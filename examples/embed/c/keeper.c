/* keeper.c: the policy keeper for tag (version 1 of the game's words). See keeper.h. */
#include "keeper.h"

#include <string.h>

/* The tree:
 *   # Hunts when it is it; else keeps away, and walks about when nobody is near.
 *   policy keeper for tag
 *
 *   key hunts: int = 0
 *
 *   tree main:
 *     selector:
 *       sequence hunt:
 *         condition: is_it
 *         set: hunts = hunts + 1
 *         task: move_to nearest_player
 *       sequence danger:
 *         condition: it_distance < 5
 *         cooldown 3ticks:
 *           timeout 6ticks:
 *             task: flee it_player
 *       random:
 *         weight 2:
 *           task: move_to farthest_cell
 *         weight 1:
 *           task: stay 4ticks */

enum { keeper_clock = 0, keeper_seed = 1, keeper_count = 2, keeper_list = 28, keeper_volatile = 6, keeper_slots = 5 };

/* A tick that is under way. */
typedef struct keeper_run {
    keeper_agent *agent;
    const keeper_features *features;
    const keeper_host *host;
    keeper_commands *commands; /* NULL while an agent is halted from outside */
    int64_t now;
    uint64_t last, stamp;
    uint32_t taken;
    int visited, operations;
    int32_t running;
    int32_t current[5]; /* nodes that ran in this tick and take notice of a halt */
} keeper_run;

static const uint64_t keeper_words[KEEPER_WORDS] = { 0x1 };

static uint64_t keeper_bits(double value)
{
    uint64_t word;
    memcpy(&word, &value, sizeof word);
    return word;
}

static double keeper_number(uint64_t word)
{
    double value;
    memcpy(&value, &word, sizeof value);
    return value;
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t keeper_finalise(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static uint64_t keeper_mix(uint64_t seed, uint64_t key)
{
    return keeper_finalise(keeper_finalise(seed + 0x9e3779b97f4a7c15u) ^ keeper_finalise(key + 0x9e3779b97f4a7c15u));
}

/* Picks an index by weight; -1 when all weights count as 0. */
static int keeper_draw(const keeper_run *r, const double *weights, int count, uint64_t identity, uint64_t activation)
{
    uint64_t word = keeper_mix(r->agent->words[keeper_seed], identity);
    double total = 0, point;
    int i, last = -1;
    word = keeper_finalise(word ^ keeper_finalise(activation + 0x9e3779b97f4a7c15u));
    for (i = 0; i < count; i++)
        if (weights[i] > 0) {
            total += weights[i];
            last = i;
        }
    point = (double)(word >> 11) / 9007199254740992.0 * total;
    for (i = 0; i < count; i++)
        if (weights[i] > 0) {
            if (point < weights[i])
                return i;
            point -= weights[i];
        }
    return last;
}

static bool keeper_expired(const keeper_run *r, int head, uint32_t ticks)
{
    const uint64_t *w = r->agent->words;
    return ticks == 0 || (w[head] >> 32 == r->last && (uint32_t)r->now - (uint32_t)w[head] >= ticks);
}

static void keeper_elapse(keeper_run *r, int head)
{
    uint64_t *w = r->agent->words;
    uint32_t start = (uint32_t)r->now;
    if (w[head] >> 32 == r->last)
        start = (uint32_t)w[head];
    w[head] = r->stamp | start;
}

static void keeper_note(keeper_run *r, int32_t node)
{
    r->current[r->running++] = node;
}

/* The leaves: tasks, neural tasks, and what is passed to subtrees. */
static const struct keeper_leaf_row {
    int32_t node, head, arguments, state, words, outer, step, task, net, before, first, count;
    uint32_t channels, allowed;
    uint64_t draw;
} keeper_leaves[] = {
    { 4, 7, 8, 8, 4, 0, 2, 1, -1, 4, 0, 1, 0x1u, 0x0u, 0x61685c6b3608ffa7u },
    { 9, 14, 15, 15, 4, 0, 0, 2, -1, 4, 1, 1, 0x1u, 0x0u, 0x8c06fbde84f1e5au },
    { 11, 20, 21, 21, 4, 0, 0, 1, -1, 4, 2, 1, 0x1u, 0x0u, 0x6e65edfd272766bdu },
    { 12, 25, 26, 26, 2, 0, 1, 3, -1, 1, 3, 1, 0x1u, 0x0u, 0x0u },
};

/* Their arguments: whether given, the constant, the computed one or -1, the
 * target's words or -1, its chooser or -1, the words it is passed from. */
static const struct keeper_argument_row {
    bool given;
    double number;
    int32_t computed, target, chooser, outer;
} keeper_arguments[] = {
    { true, 0.0, -1, 1, 0, 0 },
    { true, 0.0, -1, 1, 1, 0 },
    { true, 0.0, -1, 1, 3, 0 },
    { true, 4.0, -1, -1, 0, 0 },
};

static bool keeper_choose(const keeper_run *r, int32_t chooser, uint64_t draw, keeper_target *target)
{
    const keeper_host *host = r->host;
    switch (chooser) {
    case 0:
        return host->nearest_player != NULL && host->nearest_player(host->context, draw, target);
    case 1:
        return host->it_player != NULL && host->it_player(host->context, draw, target);
    case 3:
        return host->farthest_cell != NULL && host->farthest_cell(host->context, draw, target);
    default:
        (void)host, (void)draw, (void)target;
        return false;
    }
}

static void keeper_store(uint64_t *w, const keeper_target *t)
{
    w[0] = (uint64_t)(uint32_t)t->kind << 32 | (uint32_t)t->id;
    w[1] = (uint64_t)(uint32_t)t->x << 32 | (uint32_t)t->y;
    w[2] = (uint32_t)t->z;
}

static void keeper_load(const uint64_t *w, keeper_target *t)
{
    t->kind = (int32_t)(w[0] >> 32);
    t->id = (int32_t)(uint32_t)w[0];
    t->x = (int32_t)(w[1] >> 32);
    t->y = (int32_t)(uint32_t)w[1];
    t->z = (int32_t)(uint32_t)w[2];
}

/* A random word of a leaf in this tick. */
static uint64_t keeper_random_word(const keeper_run *r, const struct keeper_leaf_row *l)
{
    if (l->draw == 0)
        return 0; /* its task reads none */
    return keeper_finalise(keeper_finalise(keeper_finalise(r->agent->words[keeper_seed] + 0x9e3779b97f4a7c15u) ^ l->draw) ^
                      keeper_finalise(r->last + 1 + 0x9e3779b97f4a7c15u));
}

/* Chooses the targets of a leaf that starts; false when there is none. */
static bool keeper_resolve(keeper_run *r, const struct keeper_leaf_row *l, uint64_t draw)
{
    uint64_t *w = r->agent->words, *state = &w[l->state];
    int32_t i;
    for (i = 0; i < l->count; i++) {
        const struct keeper_argument_row *a = &keeper_arguments[l->first + i];
        if (a->target < 0)
            continue;
        if (a->chooser < 0) {
            memcpy(&state[a->target], &w[l->outer + a->outer], 3 * sizeof *w);
        } else {
            keeper_target target = { 0, 0, 0, 0, 0 };
            if (!keeper_choose(r, a->chooser, keeper_mix(draw, (uint64_t)i), &target))
                return false;
            keeper_store(&state[a->target], &target);
        }
    }
    return true;
}

/* Fills a call with the arguments of a leaf. */
static void keeper_prepare(keeper_run *r, const struct keeper_leaf_row *l, keeper_call *call)
{
    uint64_t *w = r->agent->words;
    int32_t i, before = l->before + (l->net >= 0);
    for (i = 0; i < l->count; i++) {
        const struct keeper_argument_row *a = &keeper_arguments[l->first + i];
        keeper_value *v = &call->arguments[i];
        memset(v, 0, sizeof *v);
        v->given = a->given;
        v->number = a->number;
        if (a->computed >= 0)
            v->number = keeper_number(w[l->arguments + a->computed]);
        else if (a->target >= 0)
            keeper_load(&w[l->state + a->target], &v->target);
    }
    call->started = false;
    call->may = 0;
    call->used = 0;
    call->draw = w[l->state];
    call->state = &w[l->state + before];
    call->words = l->words - before;
    call->node = l->node;
}

/* Calls a task of the program around. */
static keeper_status keeper_act(const keeper_run *r, int32_t task, keeper_call *call)
{
    const keeper_host *host = r->host;
    switch (task) {
    case keeper_task_move_to:
        if (host->move_to != NULL)
            return host->move_to(host->context, call);
        break;
    case keeper_task_flee:
        if (host->flee != NULL)
            return host->flee(host->context, call);
        break;
    case keeper_task_stay:
        if (host->stay != NULL)
            return host->stay(host->context, call);
        break;
    default:
        (void)host;
    }
    call->used = call->may;
    return keeper_running;
}

/* Notes what commands a set of channels; no call clears them. */
static void keeper_command_on(keeper_commands *commands, uint32_t channels, int32_t task, const keeper_call *call, int32_t count)
{
    if (channels & KEEPER_CHANNEL_MOVE) {
        memset(&commands->move, 0, sizeof commands->move);
        commands->move.task = (keeper_task)task;
        if (call != NULL)
            memcpy(commands->move.arguments, call->arguments, (size_t)count * sizeof(keeper_value));
    }
}

/* Halts a task, or the rule that runs in place of a network. */
static void keeper_halt_leaf(keeper_run *r, int32_t index)
{
    const struct keeper_leaf_row *l = &keeper_leaves[index];
    keeper_call call;
    keeper_prepare(r, l, &call);
    if (r->host->halt != NULL)
        r->host->halt(r->host->context, (keeper_task)l->task, &call);
}

/* Ticks a task; above is the head of a node that remembers that it runs. */
static int keeper_leaf(keeper_run *r, int32_t index, int32_t above)
{
    const struct keeper_leaf_row *l = &keeper_leaves[index];
    uint64_t *w = r->agent->words;
    bool started = w[l->head] >> 32 != r->last;
    keeper_status status = keeper_failure;
    uint32_t may = ~r->taken & l->channels, claims = 0;
    keeper_call call;
    if (started) {
        memset(&w[l->state], 0, (size_t)l->words * sizeof *w);
        w[l->state] = keeper_random_word(r, l);
    }
    if (!started || keeper_resolve(r, l, w[l->state])) {
        {
            keeper_prepare(r, l, &call);
            call.started = started;
            call.may = may;
            status = keeper_act(r, l->task, &call);
            claims = call.used & may;
        }
    }
    if (status != keeper_running && status != keeper_success)
        status = keeper_failure;
    if (status == keeper_success && claims == 0 && started)
        return (int)status;
    w[l->head] = 0;
    if (status == keeper_failure)
        return (int)status;
    r->taken |= claims;
    if (claims != 0 && l->net < 0)
        keeper_command_on(r->commands, claims, l->task, &call, l->count);
    if (status == keeper_running) {
        w[l->head] = r->stamp | claims;
        if (above != 0)
            w[above] = r->stamp | (uint32_t)l->step;
        keeper_note(r, l->node);
    }
    return (int)status;
}

/* What takes notice of a halt: the head, the leaf, or -1 and the word and length
 * of a cooldown. By node; those of other nodes are zero. */
static const struct keeper_node_row { int32_t head, leaf, keeps, ticks; } keeper_nodes[] = {
    { 0, 0, 0, 0 },
    { 0, 0, 0, 0 },
    { 0, 0, 0, 0 },
    { 0, 0, 0, 0 },
    { 7, 0, 0, 0 },
    { 0, 0, 0, 0 },
    { 0, 0, 0, 0 },
    { 12, -1, 4, 3 },
    { 0, 0, 0, 0 },
    { 14, 1, 0, 0 },
    { 0, 0, 0, 0 },
    { 20, 2, 0, 0 },
    { 25, 3, 0, 0 },
};

static void keeper_halt_node(keeper_run *r, int32_t node)
{
    const struct keeper_node_row *n = &keeper_nodes[node];
    uint64_t *w = r->agent->words;
    if (n->leaf < 0) {
        w[n->keeps] = (uint64_t)(r->now + n->ticks);
    } else {
        uint64_t head = w[n->head];
        if (head >> 32 == r->last + 1) {
            r->taken &= ~(uint32_t)head;
            if (r->commands != NULL)
                keeper_command_on(r->commands, (uint32_t)head, keeper_no_task, NULL, 0);
        }
        keeper_halt_leaf(r, n->leaf);
    }
    w[n->head] = 0;
}

/* Halts a list of nodes, the last of the tree first. */
static void keeper_halt_all(keeper_run *r, int32_t *list, int32_t count)
{
    int32_t i, k;
    for (i = 1; i < count; i++) {
        int32_t node = list[i];
        for (k = i; k > 0 && list[k - 1] < node; k--)
            list[k] = list[k - 1];
        list[k] = node;
    }
    for (i = 0; i < count; i++)
        keeper_halt_node(r, list[i]);
}

/* Halts what runs in the nodes from..to. */
static void keeper_halt_range(keeper_run *r, int32_t from, int32_t to)
{
    uint64_t *w = r->agent->words;
    int32_t list[2 * keeper_slots], count = 0, kept = 0, i;
    for (i = 0; i < (int32_t)w[keeper_count]; i++) {
        int32_t node = (int32_t)w[keeper_list + i];
        if (node >= from && node < to && w[keeper_nodes[node].head] >> 32 == r->last)
            list[count++] = node;
    }
    for (i = 0; i < r->running; i++) {
        int32_t node = r->current[i];
        if (node >= from && node < to)
            list[count++] = node;
        else
            r->current[kept++] = node;
    }
    r->running = kept;
    keeper_halt_all(r, list, count);
}

/* Halts what ran last and was not reached, and makes this tick the last. */
static void keeper_settle(keeper_run *r)
{
    uint64_t *w = r->agent->words;
    int32_t list[keeper_slots], count = 0, i;
    for (i = 0; i < (int32_t)w[keeper_count]; i++) {
        int32_t node = (int32_t)w[keeper_list + i];
        if (w[keeper_nodes[node].head] >> 32 == r->last)
            list[count++] = node;
    }
    keeper_halt_all(r, list, count);
    for (i = 0; i < r->running; i++)
        w[keeper_list + i] = (uint64_t)r->current[i];
    w[keeper_count] = (uint64_t)r->running;
    w[keeper_clock] = r->last + 1;
}

/* Halts everything; cooldowns, once and keys stay. */
static void keeper_stop(keeper_run *r)
{
    uint64_t *w = r->agent->words;
    keeper_halt_range(r, 0, 13);
    memset(&w[keeper_volatile], 0, (size_t)(keeper_list - keeper_volatile) * sizeof *w);
    w[keeper_count] = 0;
    r->running = 0;
    r->taken = 0;
}

/* The tree. */
static int keeper_tree(keeper_run *r)
{
    uint64_t *w = r->agent->words;
    const keeper_features *f = r->features;
    const uint64_t last = r->last, stamp = r->stamp;
    double t[2];
    int s = 0;
    (void)t;
    (void)w, (void)f, (void)last, (void)stamp, (void)s;
    if (f->is_it) goto L10;
L1:
    if (f->it_distance < 5.0) goto L21;
L2:
    if (w[19]>>32 == last) switch ((uint32_t)w[19]) { case 0: goto L6; case 1: goto L8; }
    t[0] = 2.0;
    t[1] = 1.0;
    w[5]++;
    switch (keeper_draw(r, t, 2, (uint64_t)(0xe05a87a60fa2cccc), w[5])) { case 0: goto L6; case 1: goto L8; }
    goto L34;
L6:
    /* task: move_to farthest_cell */
    s = keeper_leaf(r, 2, 19);
    if (s == 1) goto L35;
    if (s == 3) goto L34;
    goto L33;
L8:
    /* task: stay 4ticks */
    s = keeper_leaf(r, 3, 19);
    if (s == 1) goto L35;
    if (s == 3) goto L34;
    goto L33;
L10:
    if (w[6]>>32 == last) goto L19;
L11:
    t[1] = keeper_number(w[3]);
    t[0] = t[1] + 1.0;
    w[3] = keeper_bits(t[0]);
    goto L17;
L17:
    /* task: move_to nearest_player */
    s = keeper_leaf(r, 0, 6);
    if (s == 1) goto L35;
    if (s == 3) goto L1;
    goto L33;
L19:
    if (w[6]>>32 == last) switch ((uint32_t)w[6]) { case 0: goto L11; case 1: goto L11; case 2: goto L17; }
    return 3;
L21:
    if (w[12]>>32 != last && (uint64_t)(r->now) < w[4]) goto L2;
    if (keeper_expired(r, 13, 6)) goto L29;
    /* task: flee it_player */
    s = keeper_leaf(r, 1, 0);
    if (s == 1) goto L25;
    if (s == 3) goto L29;
    goto L27;
L25:
    keeper_elapse(r, 13);
    goto L31;
L27:
    w[4] = (uint64_t)(r->now + 3);
    w[12] = 0;
    goto L33;
L29:
    w[4] = (uint64_t)(r->now + 3);
    w[12] = 0;
    goto L2;
L31:
    w[12] = stamp;
    keeper_note(r, 7);
    goto L35;
L33:
    return 2;
L34:
    return 3;
L35:
    return 1;
}

void keeper_start(keeper_agent *agent, uint64_t seed, uint64_t seat)
{
    memcpy(agent->words, keeper_words, sizeof agent->words);
    memset(agent->counters, 0, sizeof agent->counters);
    agent->words[keeper_seed] = keeper_mix(seed, seat);
}

keeper_status keeper_tick(keeper_agent *agent, int64_t now, const keeper_features *features, const keeper_host *host, keeper_commands *commands)
{
    keeper_run r;
    int status;
    r.agent = agent;
    r.features = features;
    r.host = host;
    r.commands = commands;
    r.now = now;
    r.last = agent->words[keeper_clock];
    r.stamp = (r.last + 1) << 32;
    r.taken = 0;
    r.visited = r.operations = 0;
    r.running = 0;
    memset(commands, 0, sizeof *commands);
    status = keeper_tree(&r);
    if (status == 255) {
        keeper_stop(&r);
        memset(commands, 0, sizeof *commands);
        agent->words[keeper_clock] = r.last + 1;
        agent->counters[3]++;
        return keeper_failure;
    }
    keeper_settle(&r);
    return (keeper_status)status;
}

void keeper_halt(keeper_agent *agent, int64_t now, const keeper_host *host)
{
    keeper_run r;
    r.agent = agent;
    r.features = NULL;
    r.host = host;
    r.commands = NULL;
    r.now = now;
    r.last = agent->words[keeper_clock];
    r.stamp = (r.last + 1) << 32;
    r.taken = 0;
    r.visited = r.operations = 0;
    r.running = 0;
    keeper_stop(&r);
}

void keeper_save(const keeper_agent *agent, unsigned char bytes[KEEPER_STATE_BYTES])
{
    size_t i, k;
    bytes[0] = 210;
    for (i = 0; i < KEEPER_WORDS + 5; i++) {
        uint64_t word = i < KEEPER_WORDS ? agent->words[i] : agent->counters[i - KEEPER_WORDS];
        for (k = 0; k < 8; k++)
            bytes[1 + 8 * i + k] = (unsigned char)(word >> (8 * k));
    }
}

bool keeper_restore(keeper_agent *agent, const unsigned char *bytes, size_t size)
{
    keeper_agent a;
    size_t i, k;
    static const int32_t remember[][2] = { {6, 3}, {19, 2} }; /* head words and numbers of children */
    if (size != KEEPER_STATE_BYTES || bytes[0] != 210)
        return false;
    for (i = 0; i < KEEPER_WORDS + 5; i++) {
        uint64_t word = 0;
        for (k = 0; k < 8; k++)
            word |= (uint64_t)bytes[1 + 8 * i + k] << (8 * k);
        if (i < KEEPER_WORDS)
            a.words[i] = word;
        else
            a.counters[i - KEEPER_WORDS] = word;
    }
    if (a.words[keeper_count] > (uint64_t)keeper_slots)
        return false;
    for (i = 0; i < a.words[keeper_count]; i++)
        if (a.words[(size_t)keeper_list + i] >= 13 || keeper_nodes[a.words[(size_t)keeper_list + i]].head == 0)
            return false;
    for (i = 0; i < sizeof remember / sizeof remember[0]; i++)
        if ((uint32_t)a.words[remember[i][0]] >= (uint32_t)remember[i][1])
            return false;
    *agent = a;
    return true;
}

double keeper_key_hunts(const keeper_agent *agent)
{
    return keeper_number(agent->words[3]);
}

void keeper_set_key_hunts(keeper_agent *agent, double value)
{
    agent->words[3] = keeper_bits(value);
}

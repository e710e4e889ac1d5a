/* A toy game around the tree of keeper.dryad: two players on a board, one of
 * them is "it". Player 0 is the tree, player 1 a simple chaser.
 *
 *     dryad policy export ../keeper.dryad --to c -o .
 *     cc -std=c99 toy.c keeper.c -o toy && ./toy
 */
#include <stdio.h>
#include <stdlib.h>

#include "keeper.h"

enum { width = 12, height = 8, ticks = 120 };

typedef struct game {
    int x[2], y[2];
    int it;     /* who is it */
    int frozen; /* ticks for which the one who is it cannot move */
    int dx, dy; /* the step that the tree's task wants */
} game;

static int distance(int x, int y, int to_x, int to_y) { return abs(x - to_x) + abs(y - to_y); }
static int sign(int v) { return (v > 0) - (v < 0); }

/* The step from a player towards a place, along the longer side first. */
static void towards(const game *g, int player, int x, int y, int *dx, int *dy)
{
    int sx = x - g->x[player], sy = y - g->y[player];
    *dx = abs(sx) >= abs(sy) ? sign(sx) : 0;
    *dy = *dx ? 0 : sign(sy);
}

/* The choosers of the tree. */

static bool choose_player(void *context, uint64_t draw, keeper_target *t)
{
    game *g = context;
    (void)draw;
    t->kind = keeper_agent_kind;
    t->id = 1;
    t->x = g->x[1];
    t->y = g->y[1];
    return true;
}

static bool choose_it(void *context, uint64_t draw, keeper_target *t)
{
    return ((game *)context)->it == 1 && choose_player(context, draw, t);
}

static bool choose_corner(void *context, uint64_t draw, keeper_target *t)
{
    game *g = context;
    int corner, best = -1;
    (void)draw;
    t->kind = keeper_position_kind;
    for (corner = 0; corner < 4; corner++) {
        int x = corner % 2 * (width - 1), y = corner / 2 * (height - 1), d = distance(x, y, g->x[1], g->y[1]);
        if (d > best) {
            best = d;
            t->id = corner;
            t->x = x;
            t->y = y;
        }
    }
    return true;
}

/* Its tasks. Each says which channels it commands and how far it is. */

static keeper_status move_to(void *context, keeper_call *call)
{
    game *g = context;
    keeper_target t = call->arguments[keeper_argument_move_to_target].target;
    if (t.kind == keeper_agent_kind) {
        t.x = g->x[t.id];
        t.y = g->y[t.id];
    }
    if (distance(g->x[0], g->y[0], t.x, t.y) <= (t.kind == keeper_agent_kind))
        return keeper_success;
    towards(g, 0, t.x, t.y, &g->dx, &g->dy);
    call->used = call->may;
    return keeper_running;
}

static keeper_status flee(void *context, keeper_call *call)
{
    static const int steps[4][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
    game *g = context;
    int i, best = -1;
    for (i = 0; i < 4; i++) {
        int x = g->x[0] + steps[i][0], y = g->y[0] + steps[i][1], d = distance(x, y, g->x[1], g->y[1]);
        if (x >= 0 && x < width && y >= 0 && y < height && d > best) {
            best = d;
            g->dx = steps[i][0];
            g->dy = steps[i][1];
        }
    }
    call->used = call->may;
    return keeper_running;
}

static keeper_status stay(void *context, keeper_call *call)
{
    game *g = context;
    g->dx = g->dy = 0;
    call->used = call->may;
    return (double)++call->state[0] >= call->arguments[keeper_argument_stay_for].number ? keeper_success : keeper_running;
}

int main(void)
{
    game g = { { 1, 10 }, { 1, 6 }, 1, 0, 0, 0 };
    keeper_host host = { 0 };
    keeper_agent agent;
    keeper_commands commands;
    int now;

    host.context = &g;
    host.nearest_player = choose_player;
    host.it_player = choose_it;
    host.farthest_cell = choose_corner;
    host.move_to = move_to;
    host.flee = flee;
    host.stay = stay;
    keeper_start(&agent, 7, 0);
    for (now = 0; now < ticks; now++) {
        keeper_features features;
        keeper_status status;
        int dx, dy;
        features.is_it = g.it == 0;
        features.it_distance = g.it == 0 ? 0 : distance(g.x[0], g.y[0], g.x[1], g.y[1]);
        status = keeper_tick(&agent, now, &features, &host, &commands);
        if (commands.move.task != keeper_no_task && !(g.it == 0 && g.frozen > 0)) {
            g.x[0] += g.dx;
            g.y[0] += g.dy;
        }
        if (g.it == 1 && g.frozen == 0 && now % 3 != 2) { /* the chaser is a little slower */
            towards(&g, 1, g.x[0], g.y[0], &dx, &dy);
            g.x[1] += dx;
            g.y[1] += dy;
        }
        if (g.frozen > 0) {
            g.frozen--;
        } else if (distance(g.x[0], g.y[0], g.x[1], g.y[1]) <= 1) {
            g.it = 1 - g.it;
            g.frozen = 5;
        }
        printf("%d %d,%d %d,%d it %d status %d hunts %g\n", now, g.x[0], g.y[0], g.x[1], g.y[1], g.it, (int)status, keeper_key_hunts(&agent));
    }
    return 0;
}

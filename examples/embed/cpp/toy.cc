// The toy game of ../c/toy.c in C++, around the same exported tree.
//
//     dryad policy export ../keeper.dryad --to c -o .
//     cc -std=c99 -c keeper.c && c++ -std=c++11 toy.cc keeper.o -o toy && ./toy
#include <cstdio>
#include <cstdlib>

#include "keeper.h"

namespace {

constexpr int width = 12, height = 8, ticks = 120;

int distance(int x, int y, int to_x, int to_y) { return std::abs(x - to_x) + std::abs(y - to_y); }
int sign(int v) { return (v > 0) - (v < 0); }

struct Step {
    int x, y;
};

struct Game {
    int x[2] = {1, 10}, y[2] = {1, 6};
    int it = 1, frozen = 0;
    Step wanted = {0, 0};

    Step towards(int player, int to_x, int to_y) const {
        const int sx = to_x - x[player], sy = to_y - y[player];
        const int dx = std::abs(sx) >= std::abs(sy) ? sign(sx) : 0;
        return {dx, dx ? 0 : sign(sy)};
    }

    int apart() const { return distance(x[0], y[0], x[1], y[1]); }

    bool player(keeper_target *t) const {
        *t = {keeper_agent_kind, 1, x[1], y[1], 0};
        return true;
    }

    bool corner(keeper_target *t) const {
        int best = -1;
        for (int i = 0; i < 4; i++) {
            const int cx = i % 2 * (width - 1), cy = i / 2 * (height - 1), d = distance(cx, cy, x[1], y[1]);
            if (d > best) {
                best = d;
                *t = {keeper_position_kind, i, cx, cy, 0};
            }
        }
        return true;
    }

    keeper_status move_to(keeper_call *call) {
        keeper_target t = call->arguments[keeper_argument_move_to_target].target;
        const bool agent = t.kind == keeper_agent_kind;
        if (agent) t.x = x[t.id], t.y = y[t.id];
        if (distance(x[0], y[0], t.x, t.y) <= (agent ? 1 : 0)) return keeper_success;
        wanted = towards(0, t.x, t.y);
        call->used = call->may;
        return keeper_running;
    }

    keeper_status flee(keeper_call *call) {
        const Step steps[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
        int best = -1;
        for (const Step s : steps) {
            const int nx = x[0] + s.x, ny = y[0] + s.y, d = distance(nx, ny, x[1], y[1]);
            if (nx >= 0 && nx < width && ny >= 0 && ny < height && d > best) best = d, wanted = s;
        }
        call->used = call->may;
        return keeper_running;
    }

    keeper_status stay(keeper_call *call) {
        wanted = {0, 0};
        call->used = call->may;
        return static_cast<double>(++call->state[0]) >= call->arguments[keeper_argument_stay_for].number ? keeper_success
                                                                                                         : keeper_running;
    }
};

Game &of(void *context) { return *static_cast<Game *>(context); }

}  // namespace

int main() {
    Game g;
    keeper_host host = {};
    host.context = &g;
    host.nearest_player = [](void *c, uint64_t, keeper_target *t) { return of(c).player(t); };
    host.it_player = [](void *c, uint64_t, keeper_target *t) { return of(c).it == 1 && of(c).player(t); };
    host.farthest_cell = [](void *c, uint64_t, keeper_target *t) { return of(c).corner(t); };
    host.move_to = [](void *c, keeper_call *call) { return of(c).move_to(call); };
    host.flee = [](void *c, keeper_call *call) { return of(c).flee(call); };
    host.stay = [](void *c, keeper_call *call) { return of(c).stay(call); };

    keeper_agent agent;
    keeper_commands commands;
    keeper_start(&agent, 7, 0);
    for (int now = 0; now < ticks; now++) {
        keeper_features features;
        features.is_it = g.it == 0;
        features.it_distance = g.it == 0 ? 0 : g.apart();
        const keeper_status status = keeper_tick(&agent, now, &features, &host, &commands);
        if (commands.move.task != keeper_no_task && !(g.it == 0 && g.frozen > 0)) {
            g.x[0] += g.wanted.x;
            g.y[0] += g.wanted.y;
        }
        if (g.it == 1 && g.frozen == 0 && now % 3 != 2) {
            const Step s = g.towards(1, g.x[0], g.y[0]);
            g.x[1] += s.x;
            g.y[1] += s.y;
        }
        if (g.frozen > 0) {
            g.frozen--;
        } else if (g.apart() <= 1) {
            g.it = 1 - g.it;
            g.frozen = 5;
        }
        std::printf("%d %d,%d %d,%d it %d status %d hunts %g\n", now, g.x[0], g.y[0], g.x[1], g.y[1], g.it,
                    static_cast<int>(status), keeper_key_hunts(&agent));
    }
}

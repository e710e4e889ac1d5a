-- A first game: two players on a line pick up coins. docs/script.md tells what the
-- parts mean; "dryad games check DIR" tells what is wrong.

game = {
  name = "my_game", version = 1, about = "pick up more coins than the other",
  ticks_per_second = 5,
  seats = {2, 2, 2}, ticks = {1000, 100}, -- least, most, usual; most, usual
  channels = {"move"},
  features = {
    {name = "coin_distance", kind = "int", max = 20, description = "cells to the coin"},
    {name = "lead", kind = "int", min = -100, max = 100, description = "own coins less the other's"},
  },
  conditions = {
    {name = "coin_on_right", description = "the coin lies to the right"},
  },
  choosers = {
    {name = "coin", kind = "item", description = "the coin"},
  },
  tasks = {
    {name = "fetch", channels = {"move"}, mover = true, description = "walk to a coin; succeeds when it is picked up",
     params = {{name = "what", kinds = {"item"}, description = "the coin"}}},
    {name = "step_left", channels = {"move"}, instant = true, mover = true, description = "a step to the left"},
    {name = "step_right", channels = {"move"}, instant = true, mover = true, description = "a step to the right"},
  },
}

local width = 20

-- The whole state of a match is one table of numbers, texts, truths and tables.
function setup(seats, ticks)
  return {tick = 0, ticks = ticks, at = {1, width}, coins = {0, 0}, coin = 1 + random(width - 2), number = 1}
end

-- commands[seat] is a list of {task = ..., started = ..., and the arguments by name}.
-- Returns the state, how each command stands, and what happened.
function step(state, commands)
  local stands, events = {}, {}
  state.tick = state.tick + 1
  for seat, list in ipairs(commands) do
    stands[seat] = {}
    for i, c in ipairs(list) do
      local by = 1
      if c.task == "step_left" or c.task == "fetch" and state.coin < state.at[seat] then by = -1 end
      if c.task == "fetch" and c.what.id ~= state.number then
        stands[seat][i] = "failure" -- another one took it
      else
        state.at[seat] = math.min(math.max(state.at[seat] + by, 1), width)
        stands[seat][i] = state.at[seat] == state.coin and "success" or "running"
      end
    end
  end
  for seat = 1, #state.at do
    if state.at[seat] == state.coin then
      state.coins[seat] = state.coins[seat] + 1
      events[#events + 1] = {kind = "coin", seat = seat, x = state.coin}
      state.coin, state.number = random(width), state.number + 1
    end
  end
  return state, stands, events
end

-- What a seat perceives: features and conditions by name, and what choosers find.
-- A third value false means that the seat does not act in this tick.
function observe(state, seat)
  local far = state.coin - state.at[seat]
  return {
    coin_distance = math.abs(far), lead = state.coins[seat] - state.coins[3 - seat], coin_on_right = far > 0,
  }, {coin = {id = state.number, x = state.coin}}
end

function metrics(state, seat)
  return {coins = state.coins[seat]}
end

-- Nothing while the match goes on; then the points of all seats, and why it is over.
function result(state)
  if state.tick >= state.ticks then return state.coins, "time limit" end
end

-- The board's width and height in cells, and what lies there: {x, y, colour, part}.
-- A colour is a name or the number of a seat.
function draw(state)
  return width, 3, {{state.coin, 2, "yellow", 0.5}, {state.at[1], 2, 1, 0.9}, {state.at[2], 2, 2, 0.7}}
end

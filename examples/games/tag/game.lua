-- Tag: one player is "it" and tags another by standing next to it. Whoever is
-- not it gets a point a tick. A player who was tagged cannot move for a while.

game = {
  name = "lua_tag", version = 1, about = "tag on an open board",
  ticks_per_second = 10,
  seats = {2, 4, 2}, ticks = {2000, 200},
  channels = {"move"},
  features = {
    {name = "it_distance", kind = "int", max = 20, description = "steps to the player who is it; 0 for oneself"},
    {name = "near_distance", kind = "int", max = 20, description = "steps to the nearest other player"},
    {name = "frozen", kind = "duration", max = 10, unit = "ticks", description = "time until one can move again"},
  },
  conditions = {
    {name = "is_it", description = "one is it and must tag another"},
    {name = "at_wall", description = "one stands at the edge of the board"},
  },
  choosers = {
    {name = "nearest_player", kind = "agent", description = "the nearest other player"},
    {name = "it_player", kind = "agent", description = "the player who is it; none when oneself is"},
    {name = "corner", kind = "position", random = true, description = "any corner of the board"},
  },
  tasks = {
    {name = "move_to", channels = {"move"}, mover = true, description = "walk to a player or a place; succeeds on arrival",
     params = {{name = "target", kinds = {"agent", "position"}, description = "where to go"}}},
    {name = "flee", channels = {"move"}, mover = true, non_terminating = true, description = "walk away from a player",
     params = {{name = "from", kinds = {"agent"}, description = "whom to flee"}}},
  },
}

local width, height, freeze = 12, 9, 10

local function sign(v)
  if v > 0 then return 1 elseif v < 0 then return -1 end
  return 0
end

local function steps(state, a, b)
  return math.abs(state.x[a] - state.x[b]) + math.abs(state.y[a] - state.y[b])
end

-- The other player with the least distance; the lower seat of equals.
local function nearest(state, seat)
  local best
  for other = 1, #state.x do
    if other ~= seat and (not best or steps(state, seat, other) < steps(state, seat, best)) then
      best = other
    end
  end
  return best
end

function setup(seats, ticks)
  local state = {tick = 0, ticks = ticks, x = {}, y = {}, frozen = {}, points = {}, tags = {}}
  for seat = 1, seats do
    state.x[seat], state.y[seat] = random(width), random(height)
    state.frozen[seat], state.points[seat], state.tags[seat] = 0, 0, 0
  end
  state.it = random(seats)
  state.frozen[state.it] = freeze
  return state
end

-- One step towards (or, with way -1, away from) a place, along the longer side.
local function walk(state, seat, x, y, way)
  local dx, dy = x - state.x[seat], y - state.y[seat]
  local sx, sy = way * sign(dx), way * sign(dy)
  if way < 0 and sx == 0 then sx = 1 end
  if math.abs(dx) >= math.abs(dy) then sy = 0 else sx = 0 end
  local nx, ny = state.x[seat] + sx, state.y[seat] + sy
  if way < 0 and (nx < 1 or nx > width or ny < 1 or ny > height) then
    -- At the wall: slide along it, away on the other side.
    sx, sy = way * sign(dx) * math.abs(sy), way * sign(dy) * math.abs(sx)
    if sx == 0 and sy == 0 then sx = 1 end
    nx, ny = state.x[seat] + sx, state.y[seat] + sy
  end
  state.x[seat] = math.min(math.max(nx, 1), width)
  state.y[seat] = math.min(math.max(ny, 1), height)
end

function step(state, commands)
  local stands, events = {}, {}
  state.tick = state.tick + 1
  for seat, list in ipairs(commands) do
    stands[seat] = {}
    for i, c in ipairs(list) do
      local t = c.target or c.from
      local x, y, near = t.x, t.y, 0
      if t.kind == "agent" then x, y, near = state.x[t.id], state.y[t.id], 1 end
      local far = math.abs(x - state.x[seat]) + math.abs(y - state.y[seat])
      stands[seat][i] = "running"
      if c.task == "move_to" and far <= near then
        stands[seat][i] = "success"
      elseif i == 1 and state.frozen[seat] == 0 then
        walk(state, seat, x, y, c.task == "flee" and -1 or 1)
      end
    end
  end
  for seat = 1, #state.x do
    if seat ~= state.it then state.points[seat] = state.points[seat] + 1 end
    state.frozen[seat] = math.max(state.frozen[seat] - 1, 0)
  end
  local victim = nearest(state, state.it)
  if state.frozen[state.it] == 0 and steps(state, state.it, victim) <= 1 then
    events[1] = {kind = "tag", seat = state.it, other = victim, x = state.x[victim], y = state.y[victim]}
    state.tags[state.it] = state.tags[state.it] + 1
    state.it = victim
    state.frozen[victim] = freeze
  end
  return state, stands, events
end

function observe(state, seat)
  local other = nearest(state, seat)
  local function agent(s) return {id = s, x = state.x[s], y = state.y[s]} end
  local x, y = state.x[seat], state.y[seat]
  local choices = {
    nearest_player = agent(other),
    corner = {{id = 1, x = 1, y = 1}, {id = 2, x = width, y = 1}, {id = 3, x = 1, y = height}, {id = 4, x = width, y = height}},
  }
  if state.it ~= seat then choices.it_player = agent(state.it) end
  return {
    it_distance = steps(state, seat, state.it), near_distance = steps(state, seat, other), frozen = state.frozen[seat],
    is_it = state.it == seat, at_wall = x == 1 or x == width or y == 1 or y == height,
  }, choices, state.frozen[seat] == 0
end

function metrics(state, seat)
  return {points = state.points[seat], tags = state.tags[seat]}
end

function result(state)
  if state.tick >= state.ticks then return state.points, "time limit" end
end

function draw(state)
  local shapes = {}
  for seat = 1, #state.x do
    if seat == state.it then shapes[#shapes + 1] = {state.x[seat], state.y[seat], "white"} end
    shapes[#shapes + 1] = {state.x[seat], state.y[seat], seat, 0.7}
  end
  return width, height, shapes
end

-- Capture the hill: players on a grid with walls; whoever is alone on the hill
-- gets points. A player next to another may push it two cells away.

game = {
  name = "lua_hill", version = 1, about = "hold the hill alone",
  ticks_per_second = 5,
  seats = {2, 4, 2}, ticks = {1000, 150},
  channels = {"move", "push"},
  features = {
    {name = "hill_distance", kind = "int", max = 30, description = "steps to the hill; 0 on it"},
    {name = "near_distance", kind = "int", max = 30, description = "steps to the nearest other player"},
    {name = "rest", kind = "duration", max = 5, unit = "ticks", description = "time until one can push again"},
    {name = "points", kind = "int", max = 1000, description = "own points"},
  },
  conditions = {
    {name = "on_hill", description = "one stands on the hill"},
    {name = "rival_on_hill", description = "another player stands on the hill"},
  },
  choosers = {
    {name = "hill", kind = "position", description = "the middle of the hill"},
    {name = "nearest_player", kind = "agent", description = "the nearest other player"},
    {name = "rival", kind = "agent", description = "a player on the hill; none when nobody else is"},
  },
  tasks = {
    {name = "move_to", channels = {"move"}, mover = true, description = "walk to a place or a player; succeeds on arrival",
     params = {{name = "target", kinds = {"agent", "position"}, description = "where to go"}}},
    {name = "push", channels = {"push"}, instant = true, description = "push a player who stands next to one",
     params = {{name = "whom", kinds = {"agent"}, description = "whom to push"}}},
  },
}

local size, middle, pause = 13, 7, 5

local function inside(v) return math.min(math.max(v, 1), size) end
local function sign(v)
  if v > 0 then return 1 elseif v < 0 then return -1 end
  return 0
end
local function on_hill(state, seat)
  return math.abs(state.x[seat] - middle) <= 1 and math.abs(state.y[seat] - middle) <= 1
end
local function steps(state, a, b)
  return math.abs(state.x[a] - state.x[b]) + math.abs(state.y[a] - state.y[b])
end

-- A cell is free when no other player stands on it.
local function free(state, x, y)
  for seat = 1, #state.x do
    if state.x[seat] == x and state.y[seat] == y then return false end
  end
  return true
end

-- The nearest other player for which pass holds.
local function nearest(state, seat, pass)
  local best
  for other = 1, #state.x do
    if other ~= seat and pass(other) and (not best or steps(state, seat, other) < steps(state, seat, best)) then
      best = other
    end
  end
  return best
end

function setup(seats, ticks)
  local state = {tick = 0, ticks = ticks, x = {}, y = {}, rest = {}, points = {}, pushes = {}}
  -- All players start at the same distance, each from another corner.
  local corners = {{1, 1}, {size, size}, {size, 1}, {1, size}}
  local first = random(4)
  for seat = 1, seats do
    local c = corners[(first + seat * 2 + (seat > 2 and 1 or 0)) % 4 + 1]
    state.x[seat], state.y[seat] = c[1], c[2]
    state.rest[seat], state.points[seat], state.pushes[seat] = 0, 0, 0
  end
  return state
end

local function move(state, seat, x, y)
  local dx, dy = sign(x - state.x[seat]), sign(y - state.y[seat])
  if math.abs(x - state.x[seat]) >= math.abs(y - state.y[seat]) then
    if free(state, state.x[seat] + dx, state.y[seat]) then dy = 0 else dx = 0 end
  else
    if free(state, state.x[seat], state.y[seat] + dy) then dx = 0 else dy = 0 end
  end
  local nx, ny = inside(state.x[seat] + dx), inside(state.y[seat] + dy)
  if free(state, nx, ny) then state.x[seat], state.y[seat] = nx, ny end
end

function step(state, commands)
  local stands, events = {}, {}
  state.tick = state.tick + 1
  -- Who goes first changes every tick, so that no seat has an advantage.
  for turn = 1, #commands do
    local seat = (turn + state.tick) % #commands + 1
    stands[seat] = {}
    for i, c in ipairs(commands[seat]) do
      stands[seat][i] = "running"
      if c.task == "move_to" then
        local x, y, near = c.target.x, c.target.y, 0
        if c.target.kind == "agent" then x, y, near = state.x[c.target.id], state.y[c.target.id], 1 end
        if math.abs(x - state.x[seat]) + math.abs(y - state.y[seat]) <= near then
          stands[seat][i] = "success"
        else
          move(state, seat, x, y)
        end
      elseif state.rest[seat] == 0 and steps(state, seat, c.whom.id) <= 1 and c.whom.id ~= seat then
        local other = c.whom.id
        local dx, dy = state.x[other] - state.x[seat], state.y[other] - state.y[seat]
        for _ = 1, 2 do
          local nx, ny = inside(state.x[other] + dx), inside(state.y[other] + dy)
          if free(state, nx, ny) then state.x[other], state.y[other] = nx, ny end
        end
        state.rest[seat] = pause
        state.pushes[seat] = state.pushes[seat] + 1
        events[#events + 1] = {kind = "push", seat = seat, other = other, x = state.x[other], y = state.y[other]}
      end
    end
  end
  local holder, alone = nil, true
  for seat = 1, #state.x do
    state.rest[seat] = math.max(state.rest[seat] - 1, 0)
    if on_hill(state, seat) then
      alone = holder == nil
      holder = seat
    end
  end
  if holder and alone then state.points[holder] = state.points[holder] + 1 end
  return state, stands, events
end

function observe(state, seat)
  local function agent(s) return s and {id = s, x = state.x[s], y = state.y[s]} end
  local other = nearest(state, seat, function() return true end)
  local rival = nearest(state, seat, function(s) return on_hill(state, s) end)
  return {
    hill_distance = math.abs(state.x[seat] - middle) + math.abs(state.y[seat] - middle),
    near_distance = steps(state, seat, other), rest = state.rest[seat], points = state.points[seat],
    on_hill = on_hill(state, seat), rival_on_hill = rival ~= nil,
  }, {hill = {id = 0, x = middle, y = middle}, nearest_player = agent(other), rival = agent(rival)}
end

function metrics(state, seat)
  return {points = state.points[seat], pushes = state.pushes[seat]}
end

function result(state)
  if state.tick >= state.ticks then return state.points, "time limit" end
end

function draw(state)
  local shapes = {}
  for x = middle - 1, middle + 1 do
    for y = middle - 1, middle + 1 do shapes[#shapes + 1] = {x, y, "brown"} end
  end
  for seat = 1, #state.x do shapes[#shapes + 1] = {state.x[seat], state.y[seat], seat, 0.8} end
  return size, size, shapes
end

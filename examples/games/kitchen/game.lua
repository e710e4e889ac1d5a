-- Kitchen: two cooks of a team share a kitchen. One dish needs three onions in the
-- pot, ten ticks of cooking, and a cook who serves it. Two teams cook side by side,
-- each in a kitchen of its own; the team with more dishes wins.

game = {
  name = "lua_kitchen", version = 1, about = "two cooks share a pot",
  ticks_per_second = 5,
  seats = {2, 4, 4}, ticks = {1000, 200},
  channels = {"hands"},
  features = {
    {name = "holds", kind = "enum", values = {"nothing", "onion", "dish"}, description = "what the cook has in its hands"},
    {name = "onions", kind = "int", max = 3, description = "onions in the pot"},
    {name = "cooking", kind = "duration", max = 10, unit = "ticks", description = "time until the pot is ready; 0 when it does not cook"},
    {name = "mate_holds", kind = "enum", values = {"nothing", "onion", "dish"}, description = "what the other cook has in its hands"},
    {name = "pot_distance", kind = "int", max = 10, description = "steps to the pot"},
    {name = "mate_pot_distance", kind = "int", max = 10, description = "steps of the other cook to the pot"},
    {name = "served", kind = "int", max = 200, description = "dishes that the team has served"},
  },
  conditions = {
    {name = "pot_ready", description = "a dish is in the pot"},
    {name = "mate_nearer", description = "the other cook is nearer to the pot"},
  },
  tasks = {
    {name = "fetch_onion", channels = {"hands"}, mover = true, description = "walk to the onions and take one; fails with full hands"},
    {name = "fill_pot", channels = {"hands"}, mover = true, description = "bring the onion to the pot; fails when it is full or one has none"},
    {name = "take_dish", channels = {"hands"}, mover = true, description = "take the dish out of the pot; fails when there is none"},
    {name = "serve", channels = {"hands"}, mover = true, description = "bring the dish to the hatch; fails without one"},
    {name = "wait_here", channels = {"hands"}, instant = true, description = "stand still"},
  },
}

-- The kitchen is a corridor of ten cells: onions on the left, the hatch on the
-- right, the pot between. Only one cook fits into a cell.
local length, pot, hatch, time = 10, 5, 10, 10

local function team(seat) return div(seat - 1, 2) + 1 end
local function mate(state, seat)
  local other = seat % 2 == 1 and seat + 1 or seat - 1
  return state.cooks[other] and other or seat
end

function setup(seats, ticks)
  local state = {tick = 0, ticks = ticks, cooks = {}, pots = {}}
  local teams = {}
  for seat = 1, seats do
    teams[seat] = team(seat)
    state.cooks[seat] = {at = seat % 2 == 1 and 2 or 8, holds = "nothing", served = 0}
    state.pots[teams[seat]] = {onions = 0, cooking = 0, ready = false, served = 0}
  end
  return state, teams
end

-- One step towards a cell. Cooks who meet change places: a kitchen is no prison.
local function walk(state, seat, to)
  local cook, other = state.cooks[seat], state.cooks[mate(state, seat)]
  if cook.at == to then return true end
  local next = cook.at + (to > cook.at and 1 or -1)
  if other ~= cook and other.at == next then other.at = cook.at end
  cook.at = next
  return cook.at == to
end

-- What a task does when its cook is in place; what it needs; where that is.
local work = {
  fetch_onion = {at = 1, may = function(cook) return cook.holds == "nothing" end, act = function(cook) cook.holds = "onion" end},
  fill_pot = {at = pot, may = function(cook, p) return cook.holds == "onion" and p.onions < 3 and not p.ready end,
    act = function(cook, p)
      cook.holds, p.onions = "nothing", p.onions + 1
      if p.onions == 3 then p.cooking = time end
    end},
  take_dish = {at = pot, may = function(cook, p) return cook.holds == "nothing" and p.ready end,
    act = function(cook, p) cook.holds, p.ready, p.onions = "dish", false, 0 end},
  serve = {at = hatch, may = function(cook) return cook.holds == "dish" end,
    act = function(cook, p) cook.holds, p.served, cook.served = "nothing", p.served + 1, cook.served + 1 end},
}

function step(state, commands)
  local stands, events = {}, {}
  state.tick = state.tick + 1
  for seat, list in ipairs(commands) do
    local cook, p = state.cooks[seat], state.pots[team(seat)]
    stands[seat] = {}
    for i, c in ipairs(list) do
      local w = work[c.task]
      stands[seat][i] = "success"
      if w and not w.may(cook, p) then
        stands[seat][i] = "failure"
      elseif w and not walk(state, seat, w.at) then
        stands[seat][i] = "running"
      elseif w then
        w.act(cook, p)
        events[#events + 1] = {kind = c.task, seat = seat}
      end
    end
  end
  for _, p in ipairs(state.pots) do
    if p.cooking > 0 then
      p.cooking = p.cooking - 1
      p.ready = p.cooking == 0
    end
  end
  return state, stands, events
end

function observe(state, seat)
  local cook, other, p = state.cooks[seat], state.cooks[mate(state, seat)], state.pots[team(seat)]
  local mine, theirs = math.abs(cook.at - pot), math.abs(other.at - pot)
  return {
    holds = cook.holds, onions = p.onions, cooking = p.cooking, mate_holds = other.holds,
    pot_distance = mine, mate_pot_distance = theirs, served = p.served,
    pot_ready = p.ready, mate_nearer = theirs < mine,
  }
end

function metrics(state, seat)
  return {dishes = state.pots[team(seat)].served, served = state.cooks[seat].served}
end

function result(state)
  if state.tick < state.ticks then return end
  local points = {}
  for seat in ipairs(state.cooks) do points[seat] = state.pots[team(seat)].served end
  return points, "time limit"
end

function draw(state)
  local shapes = {}
  for t, p in ipairs(state.pots) do
    local y = t * 3 - 1
    shapes[#shapes + 1] = {1, y, "brown"}
    shapes[#shapes + 1] = {hatch, y, "white"}
    shapes[#shapes + 1] = {pot, y, p.ready and "green" or p.cooking > 0 and "orange" or "grey"}
    for i = 1, p.onions do shapes[#shapes + 1] = {pot - 1 + i * 0.5, y - 1, "yellow", 0.3} end
  end
  for seat, cook in ipairs(state.cooks) do
    local y = team(seat) * 3 - 1
    shapes[#shapes + 1] = {cook.at, y, seat, 0.8}
    if cook.holds ~= "nothing" then shapes[#shapes + 1] = {cook.at, y, cook.holds == "onion" and "yellow" or "white", 0.3} end
  end
  return length, #state.pots * 3, shapes
end

-- Tower defence for two: each player has a lane of twelve cells. The same monsters
-- walk down both lanes; a player buys towers beside its lane with the gold of the
-- monsters that fall. Whoever lets fewer monsters through wins.

game = {
  name = "lua_towers", version = 1, about = "hold a lane against the same monsters",
  ticks_per_second = 5,
  seats = {2, 2, 2}, ticks = {2000, 300},
  channels = {"build"},
  features = {
    {name = "gold", kind = "int", max = 10000, description = "gold to spend"},
    {name = "towers", kind = "int", max = 12, description = "own towers"},
    {name = "levels", kind = "int", max = 60, description = "the levels of the own towers, summed"},
    {name = "monsters", kind = "int", max = 200, description = "monsters in the own lane"},
    {name = "nearest", kind = "int", max = 12, description = "cells from the first monster to the end of the lane; 12 when there is none"},
    {name = "strength", kind = "int", max = 1000, description = "the life of the strongest monster in the lane"},
    {name = "leaks", kind = "int", max = 200, description = "monsters that got through"},
    {name = "wave", kind = "int", max = 100, description = "the number of the wave"},
  },
  conditions = {
    {name = "can_build", description = "there is gold for a tower and a free place"},
    {name = "can_raise", description = "there is gold for a level and a tower to raise"},
  },
  choosers = {
    {name = "first_place", kind = "position", description = "the free place nearest to where monsters come from"},
    {name = "middle_place", kind = "position", description = "the free place nearest to the middle of the lane"},
    {name = "last_place", kind = "position", description = "the free place nearest to the end of the lane"},
    {name = "weakest_tower", kind = "item", description = "the own tower of the lowest level"},
    {name = "strongest_tower", kind = "item", description = "the own tower of the highest level"},
  },
  tasks = {
    {name = "build", channels = {"build"}, instant = true, description = "build a tower for 50 gold",
     params = {{name = "where", kinds = {"position"}, description = "the place"}}},
    {name = "raise", channels = {"build"}, instant = true, description = "raise a tower by a level for 30 gold",
     params = {{name = "which", kinds = {"item"}, description = "the tower"}}},
    {name = "save", channels = {"build"}, instant = true, description = "spend nothing"},
  },
}

local length, price, level_price, top, reach = 12, 50, 30, 5, 2

function setup(seats, ticks)
  local state = {tick = 0, ticks = ticks, wave = 0, lanes = {}, coming = {}}
  for seat = 1, seats do
    -- towers[place] is a level, 0 for none.
    local lane = {gold = 120, towers = {}, monsters = {}, leaks = 0, kills = 0}
    for i = 1, length do lane.towers[i] = 0 end
    state.lanes[seat] = lane
  end
  return state
end

-- Every thirty ticks a wave begins: monsters that come one after the other.
local function waves(state)
  if state.tick % 30 == 1 then
    state.wave = state.wave + 1
    for i = 1, 3 + state.wave do
      state.coming[#state.coming + 1] = 4 + 3 * state.wave + random(3)
    end
  end
  if state.tick % 3 == 0 and #state.coming > 0 then
    local life = state.coming[#state.coming]
    state.coming[#state.coming] = nil
    for _, lane in ipairs(state.lanes) do
      lane.monsters[#lane.monsters + 1] = {at = 1, life = life, worth = 8 + state.wave, rest = 0}
    end
  end
end

local function shoot(lane)
  for place, level in ipairs(lane.towers) do
    local target
    for _, m in ipairs(lane.monsters) do
      if m.life > 0 and math.abs(m.at - place) <= reach and (not target or m.at > target.at) then target = m end
    end
    if level > 0 and target then target.life = target.life - level end
  end
end

function step(state, commands)
  local events = {}
  state.tick = state.tick + 1
  for seat, list in ipairs(commands) do
    local lane, c = state.lanes[seat], list[1]
    if c and c.task == "build" and lane.gold >= price and lane.towers[c.where.id] == 0 then
      lane.gold, lane.towers[c.where.id] = lane.gold - price, 1
      events[#events + 1] = {kind = "build", seat = seat, x = c.where.id}
    elseif c and c.task == "raise" and lane.gold >= level_price then
      local level = lane.towers[c.which.id]
      if level > 0 and level < top then
        lane.gold, lane.towers[c.which.id] = lane.gold - level_price, level + 1
      end
    end
  end
  waves(state)
  for seat, lane in ipairs(state.lanes) do
    shoot(lane)
    local left = {}
    for _, m in ipairs(lane.monsters) do
      m.rest = (m.rest + 1) % 2 -- a cell every second tick
      if m.rest == 0 then m.at = m.at + 1 end
      if m.life <= 0 then
        lane.gold, lane.kills = lane.gold + m.worth, lane.kills + 1
      elseif m.at > length then
        lane.leaks = lane.leaks + 1
        events[#events + 1] = {kind = "leak", seat = seat}
      else
        left[#left + 1] = m
      end
    end
    lane.monsters = left
  end
  return state, {}, events
end

-- The free place that is nearest to a cell, and the tower with the best rank.
local function free_place(lane, cell)
  local best
  for i, level in ipairs(lane.towers) do
    if level == 0 and (not best or math.abs(i - cell) < math.abs(best - cell)) then best = i end
  end
  return best and {id = best, x = best}
end

local function tower(lane, sign)
  local best
  for i, level in ipairs(lane.towers) do
    if level > 0 and level < top and (not best or sign * level > sign * lane.towers[best]) then best = i end
  end
  return best and {id = best, x = best}
end

function observe(state, seat)
  local lane = state.lanes[seat]
  local count, levels, first, strength = 0, 0, 0, 0
  for _, level in ipairs(lane.towers) do
    if level > 0 then count, levels = count + 1, levels + level end
  end
  for _, m in ipairs(lane.monsters) do first, strength = math.max(first, m.at), math.max(strength, m.life) end
  local weakest = tower(lane, -1)
  return {
    gold = lane.gold, towers = count, levels = levels, monsters = #lane.monsters, nearest = length - first, strength = strength,
    leaks = lane.leaks, wave = state.wave, can_build = lane.gold >= price and count < length, can_raise = lane.gold >= level_price and weakest ~= nil,
  }, {
    first_place = free_place(lane, 1), middle_place = free_place(lane, 6), last_place = free_place(lane, length),
    weakest_tower = weakest, strongest_tower = tower(lane, 1),
  }
end

function metrics(state, seat)
  local lane = state.lanes[seat]
  return {kills = lane.kills, leaks = lane.leaks, gold = lane.gold}
end

function result(state)
  if state.tick < state.ticks then return end
  return {-state.lanes[1].leaks, -state.lanes[2].leaks}, "time limit"
end

function draw(state)
  local shapes = {}
  for seat, lane in ipairs(state.lanes) do
    local y = seat * 3 - 1
    for x = 1, length do shapes[#shapes + 1] = {x, y, "brown"} end
    for place, level in ipairs(lane.towers) do
      if level > 0 then shapes[#shapes + 1] = {place, y - 1, seat, 0.4 + level * 0.1} end
    end
    for _, m in ipairs(lane.monsters) do shapes[#shapes + 1] = {m.at, y, "red", 0.5} end
  end
  return length, #state.lanes * 3, shapes
end

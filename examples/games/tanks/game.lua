-- Tank duel: two tanks turn, drive and fire shells on a field with rocks. A shell
-- flies straight and takes a third of the armour. Angles are whole degrees, places
-- are hundredths of a cell, so that everything is a whole number.

game = {
  name = "lua_tanks", version = 1, about = "two tanks, shells and rocks",
  ticks_per_second = 10,
  seats = {2, 2, 2}, ticks = {2000, 400},
  channels = {"tracks", "gun"},
  features = {
    {name = "bearing", kind = "angle", min = -180, max = 180, description = "the enemy's direction; to the right is above 0"},
    {name = "distance", kind = "int", max = 3000, unit = "hundredths", description = "how far the enemy is"},
    {name = "armour", kind = "int", max = 3, description = "own armour"},
    {name = "enemy_armour", kind = "int", max = 3, description = "the enemy's armour"},
    {name = "reload", kind = "duration", max = 15, unit = "ticks", description = "time until the gun is loaded"},
    {name = "shell_bearing", kind = "angle", min = -180, max = 180, description = "where a shell comes from; 180 when none flies at one"},
  },
  conditions = {
    {name = "clear_shot", description = "no rock stands between the tanks"},
    {name = "blocked", description = "a rock or the edge is right ahead"},
  },
  tasks = {
    {name = "turn_to_enemy", channels = {"tracks"}, description = "turn until the enemy is ahead; succeeds then"},
    {name = "drive", channels = {"tracks"}, instant = true, description = "drive straight ahead"},
    {name = "back", channels = {"tracks"}, instant = true, description = "drive straight back"},
    {name = "turn", channels = {"tracks"}, instant = true, description = "turn to the right; below 0 to the left",
     params = {{name = "by", kinds = {"angle", "number"}, min = -15, max = 15, description = "how far"}}},
    {name = "fire", channels = {"gun"}, instant = true, description = "fire a shell straight ahead, when the gun is loaded"},
  },
}

local size, radius, speed, flight, reload = 2000, 60, 12, 60, 15

-- The sine of whole degrees in thousandths, after Bhaskara's formula: no table, and
-- the same on every machine.
local function sin(degrees)
  local a = degrees % 360
  local way = 1
  if a >= 180 then a, way = a - 180, -1 end
  return way * div(4000 * a * (180 - a), 40500 - a * (180 - a))
end
local function cos(degrees) return sin(degrees + 90) end

-- The direction of (x, y) in whole degrees, found by halving.
local function direction(x, y)
  local best, angle = nil, 0
  for a = 0, 345, 15 do
    local v = x * cos(a) + y * sin(a)
    if not best or v > best then best, angle = v, a end
  end
  local near = angle
  for a = near - 8, near + 8 do
    local v = x * cos(a) + y * sin(a)
    if v > best then best, angle = v, a end
  end
  return angle % 360
end

local function relative(a) return (a + 180) % 360 - 180 end
local function between(x1, y1, x2, y2) return math.floor(math.sqrt((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2))) end

-- Whether a place is on a rock or outside of the field.
local function solid(state, x, y, margin)
  if x < margin or y < margin or x > size - margin or y > size - margin then return true end
  for _, r in ipairs(state.rocks) do
    if between(x, y, r.x, r.y) < r.radius + margin then return true end
  end
  return false
end

function setup(seats, ticks)
  local state = {tick = 0, ticks = ticks, tanks = {}, shells = {}, rocks = {}}
  for i = 1, 4 do -- each rock has a twin, so that the field is fair
    local x, y, r = 400 + random(1200), 200 + random(700), 60 + random(80)
    state.rocks[#state.rocks + 1] = {x = x, y = y, radius = r}
    state.rocks[#state.rocks + 1] = {x = size - x, y = size - y, radius = r}
  end
  state.tanks[1] = {x = 150, y = 1000, angle = 0, armour = 3, reload = reload, hits = 0}
  state.tanks[2] = {x = size - 150, y = 1000, angle = 180, armour = 3, reload = reload, hits = 0}
  return state
end

local function clear(state, a, b)
  local n = math.max(1, div(between(a.x, a.y, b.x, b.y), 40))
  for i = 1, n - 1 do
    if solid(state, a.x + div((b.x - a.x) * i, n), a.y + div((b.y - a.y) * i, n), 0) then return false end
  end
  return true
end

local function drive(state, tank, way)
  local x, y = tank.x + way * div(speed * cos(tank.angle), 1000), tank.y + way * div(speed * sin(tank.angle), 1000)
  if not solid(state, x, y, radius) then tank.x, tank.y = x, y end
end

function step(state, commands)
  local stands, events = {}, {}
  state.tick = state.tick + 1
  for seat, list in ipairs(commands) do
    local tank, enemy = state.tanks[seat], state.tanks[3 - seat]
    stands[seat] = {}
    for i, c in ipairs(list) do
      stands[seat][i] = "success"
      if c.task == "drive" then drive(state, tank, 1)
      elseif c.task == "back" then drive(state, tank, -1)
      elseif c.task == "turn" then tank.angle = (tank.angle + math.floor(c.by)) % 360
      elseif c.task == "turn_to_enemy" then
        local off = relative(direction(enemy.x - tank.x, enemy.y - tank.y) - tank.angle)
        tank.angle = (tank.angle + math.min(math.max(off, -15), 15)) % 360
        if math.abs(off) > 15 then stands[seat][i] = "running" end
      elseif tank.reload == 0 then
        tank.reload = reload
        state.shells[#state.shells + 1] = {x = tank.x, y = tank.y, angle = tank.angle, owner = seat}
        events[#events + 1] = {kind = "fire", seat = seat, x = tank.x, y = tank.y}
      end
    end
    tank.reload = math.max(tank.reload - 1, 0)
  end
  local flying = {}
  for _, s in ipairs(state.shells) do
    local enemy, lost = state.tanks[3 - s.owner], false
    for _ = 1, 3 do -- in small pieces, so that no shell passes through a tank
      s.x, s.y = s.x + div(flight * cos(s.angle), 3000), s.y + div(flight * sin(s.angle), 3000)
      if not lost and between(s.x, s.y, enemy.x, enemy.y) < radius then
        lost = true
        enemy.armour = math.max(enemy.armour - 1, 0)
        state.tanks[s.owner].hits = state.tanks[s.owner].hits + 1
        events[#events + 1] = {kind = "hit", seat = s.owner, other = 3 - s.owner, x = enemy.x, y = enemy.y}
      end
      lost = lost or solid(state, s.x, s.y, 0)
    end
    if not lost then flying[#flying + 1] = s end
  end
  state.shells = flying
  return state, stands, events
end

function observe(state, seat)
  local tank, enemy = state.tanks[seat], state.tanks[3 - seat]
  local danger, near = 180, 1500
  for _, s in ipairs(state.shells) do
    local d = between(s.x, s.y, tank.x, tank.y)
    if s.owner ~= seat and d < near then danger, near = relative(direction(s.x - tank.x, s.y - tank.y) - tank.angle), d end
  end
  local ahead_x, ahead_y = tank.x + div(200 * cos(tank.angle), 1000), tank.y + div(200 * sin(tank.angle), 1000)
  return {
    bearing = relative(direction(enemy.x - tank.x, enemy.y - tank.y) - tank.angle),
    distance = between(tank.x, tank.y, enemy.x, enemy.y), armour = tank.armour, enemy_armour = enemy.armour,
    reload = tank.reload, shell_bearing = danger, clear_shot = clear(state, tank, enemy), blocked = solid(state, ahead_x, ahead_y, radius),
  }
end

function metrics(state, seat)
  return {hits = state.tanks[seat].hits, armour = state.tanks[seat].armour}
end

function result(state)
  local a, b = state.tanks[1], state.tanks[2]
  if state.tick < state.ticks and a.armour > 0 and b.armour > 0 then return end
  return {a.armour, b.armour}, state.tick >= state.ticks and "time limit" or "a tank was destroyed"
end

function draw(state)
  local shapes = {}
  local function cell(x, y, colour, part) shapes[#shapes + 1] = {x / 100 + 0.5, y / 100 + 0.5, colour, part} end
  for _, r in ipairs(state.rocks) do cell(r.x, r.y, "grey", 1) end
  for s, t in ipairs(state.tanks) do
    cell(t.x, t.y, s, 1)
    cell(t.x + div(60 * cos(t.angle), 1000), t.y + div(60 * sin(t.angle), 1000), "white", 0.3)
  end
  for _, s in ipairs(state.shells) do cell(s.x, s.y, "yellow", 0.25) end
  return 20, 20, shapes
end

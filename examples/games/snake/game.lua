-- Snake for two: each snake grows by eating and dies at a wall, at itself or at
-- the other. The longer snake wins when the time is over.

game = {
  name = "lua_snake", version = 1, about = "two snakes on one board",
  seats = {2, 2, 2}, ticks = {1000, 200},
  channels = {"turn"},
  features = {
    {name = "food_ahead", kind = "int", min = -20, max = 20, description = "how far ahead the food lies; below 0 behind"},
    {name = "food_right", kind = "int", min = -20, max = 20, description = "how far to the right the food lies; below 0 to the left"},
    {name = "room_ahead", kind = "int", max = 20, description = "free cells straight ahead"},
    {name = "room_left", kind = "int", max = 20, description = "free cells to the left"},
    {name = "room_right", kind = "int", max = 20, description = "free cells to the right"},
    {name = "lead", kind = "int", min = -200, max = 200, description = "own length less the other's"},
  },
  tasks = {
    {name = "straight", channels = {"turn"}, instant = true, description = "go on straight"},
    {name = "left", channels = {"turn"}, instant = true, description = "turn to the left"},
    {name = "right", channels = {"turn"}, instant = true, description = "turn to the right"},
  },
}

local size = 15
-- Directions: east, south, west, north. The next one is to the right.
local dx, dy = {1, 0, -1, 0}, {0, 1, 0, -1}

local function turned(direction, by) return (direction - 1 + by) % 4 + 1 end

-- What stands on a cell: the number of a snake, or nil.
local function at(state, x, y)
  for s, snake in ipairs(state.snakes) do
    for i = 1, #snake.x do
      if snake.x[i] == x and snake.y[i] == y then return s end
    end
  end
end

local function blocked(state, x, y)
  return x < 1 or x > size or y < 1 or y > size or at(state, x, y) ~= nil
end

local function place_food(state)
  for _ = 1, 100 do
    state.food_x, state.food_y = random(size), random(size)
    if not at(state, state.food_x, state.food_y) then return end
  end
end

function setup(seats, ticks)
  local state = {tick = 0, ticks = ticks, snakes = {}}
  for s = 1, seats do
    local x, way = s == 1 and 3 or size - 2, s == 1 and 1 or -1
    local y = s == 1 and 6 or size - 5 -- the board turned round looks the same
    -- The head comes first.
    state.snakes[s] = {x = {x, x - way, x - 2 * way}, y = {y, y, y}, direction = s == 1 and 1 or 3, alive = true, eaten = 0}
  end
  place_food(state)
  return state
end

function step(state, commands)
  local events = {}
  state.tick = state.tick + 1
  local heads = {}
  for s, snake in ipairs(state.snakes) do
    local c = commands[s][1]
    if c and c.task == "left" then snake.direction = turned(snake.direction, -1) end
    if c and c.task == "right" then snake.direction = turned(snake.direction, 1) end
    heads[s] = {snake.x[1] + dx[snake.direction], snake.y[1] + dy[snake.direction]}
  end
  local eaten = false
  -- Tails leave first, unless the snake eats.
  for s, snake in ipairs(state.snakes) do
    if snake.alive then
      if heads[s][1] == state.food_x and heads[s][2] == state.food_y then
        eaten, snake.eaten = true, snake.eaten + 1
        events[#events + 1] = {kind = "eat", seat = s, x = state.food_x, y = state.food_y}
      else
        snake.x[#snake.x], snake.y[#snake.y] = nil, nil
      end
    end
  end
  local dies = {}
  for s, snake in ipairs(state.snakes) do
    local other = heads[3 - s]
    dies[s] = snake.alive and (blocked(state, heads[s][1], heads[s][2])
      or state.snakes[3 - s].alive and heads[s][1] == other[1] and heads[s][2] == other[2])
  end
  for s, snake in ipairs(state.snakes) do
    if dies[s] then
      snake.alive = false
      events[#events + 1] = {kind = "die", seat = s, x = snake.x[1], y = snake.y[1]}
    elseif snake.alive then
      -- The body moves up, from the tail on.
      for i = #snake.x, 1, -1 do snake.x[i + 1], snake.y[i + 1] = snake.x[i], snake.y[i] end
      snake.x[1], snake.y[1] = heads[s][1], heads[s][2]
    end
  end
  if eaten then place_food(state) end
  return state, {}, events
end

-- Free cells from the head on in a direction.
local function room(state, snake, direction)
  local n, x, y = 0, snake.x[1], snake.y[1]
  while n < 20 do
    x, y = x + dx[direction], y + dy[direction]
    if blocked(state, x, y) then return n end
    n = n + 1
  end
  return n
end

function observe(state, seat)
  local snake, other = state.snakes[seat], state.snakes[3 - seat]
  local d = snake.direction
  local r = turned(d, 1)
  local fx, fy = state.food_x - snake.x[1], state.food_y - snake.y[1]
  return {
    food_ahead = fx * dx[d] + fy * dy[d], food_right = fx * dx[r] + fy * dy[r],
    room_ahead = room(state, snake, d), room_left = room(state, snake, turned(d, -1)), room_right = room(state, snake, r),
    lead = #snake.x - #other.x,
  }, nil, snake.alive
end

function metrics(state, seat)
  return {length = #state.snakes[seat].x, eaten = state.snakes[seat].eaten}
end

function result(state)
  local a, b = state.snakes[1], state.snakes[2]
  if state.tick < state.ticks and a.alive and b.alive then return end
  -- A snake that lives beats one that does not, whatever their lengths.
  local points = {#a.x + (a.alive and 1000 or 0), #b.x + (b.alive and 1000 or 0)}
  return points, state.tick >= state.ticks and "time limit" or "a snake died"
end

function draw(state)
  local shapes = {{state.food_x, state.food_y, "green", 0.6}}
  for s, snake in ipairs(state.snakes) do
    for i = #snake.x, 1, -1 do shapes[#shapes + 1] = {snake.x[i], snake.y[i], s, i == 1 and 1 or 0.75} end
  end
  return size, size, shapes
end

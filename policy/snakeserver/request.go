package snakeserver

import (
	"encoding/json"
	"fmt"
	"io"

	"dryad/games/battlesnake"
)

// request is what the servers send, as far as it matters here.
type request struct {
	Game struct {
		ID      string `json:"id"`
		Ruleset struct {
			Name string `json:"name"`
		} `json:"ruleset"`
	} `json:"game"`
	Turn  int `json:"turn"`
	Board struct {
		Width  int                 `json:"width"`
		Height int                 `json:"height"`
		Food   []battlesnake.Point `json:"food"`
		Snakes []snake             `json:"snakes"`
	} `json:"board"`
	You struct {
		ID string `json:"id"`
	} `json:"you"`
}

type snake struct {
	ID     string              `json:"id"`
	Health int                 `json:"health"`
	Body   []battlesnake.Point `json:"body"`
}

func (q *request) key() key { return key{q.Game.ID, q.You.ID} }

// read reads a request, and checks what a board may be.
func read(r io.Reader) (*request, error) {
	q := &request{}
	if err := json.NewDecoder(r).Decode(q); err != nil {
		return nil, fmt.Errorf("the request is no JSON: %w", err)
	}
	b := &q.Board
	empty := battlesnake.Board{Width: b.Width, Height: b.Height}
	switch {
	case b.Width < 1 || b.Width > battlesnake.MaxSize || b.Height < 1 || b.Height > battlesnake.MaxSize:
		return nil, fmt.Errorf("a board of %d by %d cells; at most %d are possible", b.Width, b.Height, battlesnake.MaxSize)
	case len(b.Snakes) > battlesnake.MaxSnakes:
		return nil, fmt.Errorf("%d snakes; at most %d are possible", len(b.Snakes), battlesnake.MaxSnakes)
	case q.Turn < 0 || q.Turn > 1<<30:
		return nil, fmt.Errorf("turn %d", q.Turn)
	}
	for _, f := range b.Food {
		if !empty.Inside(f) {
			return nil, fmt.Errorf("food at %d, %d is beside the board", f.X, f.Y)
		}
	}
	for i := range b.Snakes {
		s := &b.Snakes[i]
		if len(s.Body) == 0 || len(s.Body) > 2*b.Width*b.Height || s.Health < 0 || s.Health > battlesnake.MaxHealth {
			return nil, fmt.Errorf("the snake %q has %d cells and the health %d", s.ID, len(s.Body), s.Health)
		}
		for _, p := range s.Body {
			if !empty.Inside(p) {
				return nil, fmt.Errorf("the snake %q is beside the board at %d, %d", s.ID, p.X, p.Y)
			}
		}
	}
	return q, nil
}

// board is the position, with a place for each snake of the game. Those that are
// no longer told of are out.
func (q *request) board(seats []string) *battlesnake.Board {
	b := &battlesnake.Board{Width: q.Board.Width, Height: q.Board.Height, Turn: q.Turn, Food: q.Board.Food}
	for _, id := range seats {
		s := battlesnake.Snake{Cause: battlesnake.HitBody, By: -1}
		for i := range q.Board.Snakes {
			if o := &q.Board.Snakes[i]; o.ID == id {
				s = battlesnake.Snake{Body: o.Body, Health: o.Health, By: -1}
			}
		}
		b.Snakes = append(b.Snakes, s)
	}
	return b
}

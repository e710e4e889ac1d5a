package live

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"dryad/games"
	"dryad/games/fps"
)

// seat is what a viewer may play.
type seat struct {
	number   games.Seat
	held     fps.Controls
	taken    chan struct{} // closed when a viewer has taken it
	isTaken  bool
	released chan struct{} // closed when that viewer has left it
	isLeft   bool
}

// Offer lets viewers play a seat of the match. It is called before the first
// record is published. A viewer that knows the token is trusted with the seat.
func (s *Server) Offer(number games.Seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seat = &seat{number: number, taken: make(chan struct{}), released: make(chan struct{})}
}

// Held returns what is held at the seat that was offered.
func (s *Server) Held() fps.Controls {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seat.held
}

// Taken is closed when a viewer takes the seat that was offered, and Left when
// it closes its window.
func (s *Server) Taken() <-chan struct{} { return s.seat.taken }

// Left is closed when the viewer that took the seat has closed its window.
func (s *Server) Left() <-chan struct{} { return s.seat.released }

// The names below the server's address that belong to the seat.
const (
	nameSeat  = "seat"
	nameHeld  = "held"
	nameLeave = "leave"
)

// maxHeld bounds what is read of a viewer's message.
const maxHeld = 1 << 10

// readHeld reads what a viewer holds.
func readHeld(text []byte) (fps.Controls, error) {
	var c fps.Controls
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return fps.Controls{}, err
	}
	if c.Forward < -fps.MaxThrust || c.Forward > fps.MaxThrust || c.Side < -fps.MaxThrust || c.Side > fps.MaxThrust || c.Weapon > uint8(fps.Weapons) {
		return fps.Controls{}, errors.New("nobody can hold this")
	}
	return c, nil
}

// play answers what concerns the seat; false for other names.
func (s *Server) play(w http.ResponseWriter, r *http.Request, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.seat
	switch {
	case x == nil:
		return false
	case r.Method == http.MethodGet && name == nameSeat:
		json.NewEncoder(w).Encode(x.number)
	case r.Method == http.MethodPost && name == nameHeld:
		text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxHeld))
		if err == nil {
			x.held, err = readHeld(text)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return true
		}
		if !x.isTaken {
			x.isTaken = true
			close(x.taken)
		}
	case r.Method == http.MethodPost && name == nameLeave:
		x.held = fps.Controls{Turn: x.held.Turn, Pitch: x.held.Pitch}
		if !x.isLeft {
			x.isLeft = true
			close(x.released)
		}
	default:
		return false
	}
	return true
}

// Seat returns the seat that the match offers to viewers; false if it offers
// none.
func (c *Client) Seat(ctx context.Context) (games.Seat, bool, error) {
	text, err := c.get(ctx, nameSeat)
	if errors.Is(err, errNotFound) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	var number games.Seat
	if err := json.Unmarshal(text, &number); err != nil {
		return 0, false, fmt.Errorf("the running match: %w", err)
	}
	return number, true, nil
}

// Hold says what is held at the seat, and takes it with the first call.
func (c *Client) Hold(ctx context.Context, held fps.Controls) error {
	text, err := json.Marshal(held)
	if err != nil {
		return err
	}
	return c.post(ctx, nameHeld, string(text))
}

// Leave gives the seat up.
func (c *Client) Leave(ctx context.Context) error { return c.post(ctx, nameLeave, "") }

func (c *Client) post(ctx context.Context, name, text string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+name, strings.NewReader(text))
	if err != nil {
		return err
	}
	_, _, err = c.do(request)
	return err
}

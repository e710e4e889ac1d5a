package live

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"dryad/games"
	"dryad/games/fps"
	"dryad/viewer/live/attach"
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
	case r.Method == http.MethodGet && name == attach.NameSeat:
		json.NewEncoder(w).Encode(x.number)
	case r.Method == http.MethodPost && name == attach.NameHeld:
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
	case r.Method == http.MethodPost && name == attach.NameLeave:
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

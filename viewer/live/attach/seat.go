package attach

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"dryad/games"
	"dryad/games/fps"
)

// Seat returns the seat that the match offers to viewers; false if it offers
// none.
func (c *Client) Seat(ctx context.Context) (games.Seat, bool, error) {
	a, err := c.ask(ctx, NameSeat, nil)
	if errors.Is(err, errNotFound) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	var number games.Seat
	if err := json.Unmarshal(a.Body, &number); err != nil {
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
	_, err = c.ask(ctx, NameHeld, text)
	return err
}

// Leave gives the seat up.
func (c *Client) Leave(ctx context.Context) error {
	_, err := c.ask(ctx, NameLeave, []byte{})
	return err
}

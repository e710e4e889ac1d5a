package seats

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
)

// TerminalSeat lets a person at the terminal play Werewolf: it tells what the
// seat may know and asks for its decisions. When the input ends the seat passes.
type TerminalSeat struct {
	in    *bufio.Reader
	out   io.Writer
	seat  games.Seat
	begun bool
	ended bool // no more input
}

func newTerminalSeat(env *frame.Env, seat games.Seat) *TerminalSeat {
	return &TerminalSeat{in: bufio.NewReader(env.Stdin), out: env.Stderr, seat: seat}
}

// Tick asks until the answer is legal.
func (p *TerminalSeat) Tick(body games.Body) error {
	b := body.(*werewolf.Body)
	v := b.View()
	if !p.begun {
		p.begun = true
		fmt.Fprintf(p.out, "%s\nYou are %s, your role: %s.\n", werewolf.RulesText(v.Set), rules.Name(v.Seat), v.Role)
		for mate := range v.Mates.All() {
			fmt.Fprintf(p.out, "%s is a werewolf, too.\n", rules.Name(mate))
		}
	}
	for !p.ended {
		fmt.Fprint(p.out, question(v))
		line, err := p.in.ReadString('\n')
		if err != nil {
			p.ended = true
		}
		if line = strings.TrimSpace(line); line == "" {
			break
		}
		d, err := answer(v, line)
		if err == nil {
			err = b.Decide(d)
		}
		if err == nil {
			return nil
		}
		fmt.Fprintf(p.out, "That cannot be: %v.\n", err)
	}
	b.Commit(0)
	return nil
}

// question asks for a decision in one line.
func question(v *rules.View) string {
	switch v.Act {
	case rules.Speak:
		return "You have the floor. What do you say? "
	case rules.Whisper:
		return "What do you say to the other werewolves? "
	case rules.Offer:
		return fmt.Sprintf("What do you bid for the floor, 0 to %d? ", rules.MaxBid)
	}
	verb := map[rules.Act]string{
		rules.Kill: "Whom do you want to kill", rules.Inspect: "Whom do you look at", rules.Protect: "Whom do you protect",
		rules.Ballot: "Whom do you vote out (nothing: you abstain)",
	}[v.Act]
	numbers := make([]string, 0, v.Legal.Len())
	for s := range v.Legal.All() {
		numbers = append(numbers, strconv.Itoa(int(s)))
	}
	return fmt.Sprintf("%s, of %s? ", verb, strings.Join(numbers, " "))
}

// answer reads a decision.
func answer(v *rules.View, line string) (rules.Decision, error) {
	if v.Act == rules.Speak || v.Act == rules.Whisper {
		return rules.Say(line), nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(line, "player_"))
	if err != nil || n < 0 {
		return rules.Pass(), fmt.Errorf("%q is no number", line)
	}
	if v.Act == rules.Offer {
		return rules.Bid(n), nil
	}
	return rules.Point(games.Seat(n)), nil
}

// Hear tells what happened, as far as the seat may know.
func (p *TerminalSeat) Hear(events []games.Event) {
	for _, e := range events {
		if e.Kind == rules.Dealt.String() || e.Known != nil && !slices.Contains(e.Known, p.seat) {
			continue
		}
		fmt.Fprintln(p.out, werewolf.Tell(e))
	}
}

// Finish does nothing: the decision was committed.
func (*TerminalSeat) Finish(games.Body) error { return nil }

// Rest does nothing.
func (*TerminalSeat) Rest(games.Body) {}

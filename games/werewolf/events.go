package werewolf

import (
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// tell turns the new records of the log into events.
func (w *World) tell() {
	log := w.table.Log()
	for ; w.told < len(log); w.told++ {
		r := &log[w.told]
		e := games.Event{Tick: w.now, Kind: r.Kind.String(), Seat: r.Seat, Other: r.Target, Value: float64(r.Round), Text: r.Text}
		if r.Known != rules.First(w.config.Seats) {
			e.Known = r.Known.List()
		}
		switch {
		case r.Role != rules.Unknown:
			e.What = r.Role.String()
		case r.Finding != rules.Nothing:
			e.What = r.Finding.String()
		case r.Kind == rules.Bidden:
			e.Value = float64(r.Value)
		case r.Kind == rules.Ended:
			e.What = winnerName(int(r.Value))
		}
		w.events = append(w.events, e)
	}
	if w.table.Over() {
		for s := range games.Seat(w.config.Seats) {
			w.events = append(w.events, games.Event{Tick: w.now, Kind: revealed, Seat: s, Other: games.NoSeat, What: w.table.Role(s).String(), Value: float64(w.table.Round())})
		}
	}
}

func winnerName(team int) string {
	switch team {
	case rules.Village:
		return "village"
	case rules.Wolves:
		return "werewolves"
	}
	return "nobody"
}

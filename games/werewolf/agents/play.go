package agents

import (
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
)

// Play plays one game between a village and werewolves and returns the finished
// world: the quick way to many games, without a record.
func Play(config games.Config, seed uint64, village, wolves werewolf.Agent) (*werewolf.World, error) {
	w, err := werewolf.NewWorld(config, seed)
	if err != nil {
		return nil, err
	}
	players := make([]*werewolf.Player, w.Seats())
	for s := range players {
		seat := games.Seat(s)
		agent := village
		if w.Team(seat) == rules.Wolves {
			agent = wolves
		}
		players[s] = werewolf.NewPlayer(agent, seed, seat)
	}
	for {
		if _, over := w.Result(); over {
			return w, nil
		}
		for s, p := range players {
			if seat := games.Seat(s); w.Perceive(seat) {
				if err := p.Tick(w.Body(seat)); err != nil {
					return nil, err
				}
			}
		}
		w.Step()
	}
}

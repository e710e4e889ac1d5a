package label

import (
	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/internal/grammar"
)

// Labels is the number of different labels.
const Labels = grammar.Acts

// Of returns the number and the name of the act behind a text that the seat of
// a view has said or may say; false for a text that is not the speaker's. A
// report is a revelation if the seat has found that, and made up otherwise.
func Of(v *rules.View, text string) (int, string, bool) {
	for _, d := range grammar.Parse(text, v.Seat) {
		if d.Act == grammar.Reveal && !found(v, d.Target, d.Finding) || d.Act == grammar.Fabricate && found(v, d.Target, d.Finding) {
			continue
		}
		return int(d.Act), d.Act.String(), true
	}
	return 0, "", false
}

// Name returns the name of a label.
func Name(label int) string { return grammar.Act(label).String() }

func found(v *rules.View, target games.Seat, f rules.Finding) bool {
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Inspected && r.Seat == v.Seat && r.Target == target && r.Finding == f {
			return true
		}
	}
	return false
}

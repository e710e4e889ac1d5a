package regard

import (
	"strconv"

	"dryad/cfr"
	"dryad/games"
	"dryad/games/werewolf/abstract"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// regarded is a decision that can be looked at as its mover does.
type regarded interface{ regard() *frame }

// State is a history of the game. It is used by one goroutine at a time.
type State struct {
	game   *Game
	course *abstract.State
	claims [][]hearing.Claim // of each speech
	// A speech whose words chance has not yet chosen.
	words  []wording
	odds   []float64
	choice int // index of the speech's latent strategy in the course

	seen    *frame // once it was looked at
	theirs  public // what everybody may conclude, of this or an earlier history
	actions []cfr.Action
}

// wording is what a speech may come to.
type wording struct {
	about games.Seat
	way   *way
}

var _ cfr.State = (*State)(nil)

// Root returns the history before the deal.
func (g *Game) Root() cfr.State { return &State{game: g, course: g.Game.Root().(*abstract.State)} }

// Table returns the state of the game, nil while cards are dealt. It must not
// be changed.
func (s *State) Table() *rules.Table { return s.course.Table() }

// Player returns the card of whoever moves.
func (s *State) Player() cfr.Player {
	if s.words != nil {
		return cfr.Chance
	}
	return s.course.Player()
}

func (s *State) regard() *frame {
	if s.seen == nil {
		v := s.Table().View(s.Table().Pending().Lowest())
		s.theirs = s.theirs.after(v, s.game.model, s.claims)
		s.seen = newFrame(v, s.game.model, s.claims, s.theirs.belief)
	}
	return s.seen
}

// Actions returns what can be drawn, or what the mover may do.
func (s *State) Actions() []cfr.Action {
	switch {
	case s.words != nil:
		if s.actions == nil {
			for i := range s.words {
				s.actions = append(s.actions, cfr.Action(i))
			}
		}
		return s.actions
	case s.course.Player() < 0:
		return s.course.Actions()
	}
	if s.actions == nil {
		s.actions = s.game.actions(s.regard())
	}
	return s.actions
}

// actions returns what may be done.
func (g *Game) actions(f *frame) []cfr.Action {
	v := f.view
	var actions []cfr.Action
	if v.Act == rules.Speak {
		var possible [Classes]bool
		for seat := range v.Alive.All() {
			possible[f.class(seat)] = true
		}
		for _, t := range g.talk[v.Role] {
			if possible[t.class.target()] {
				actions = append(actions, t.action)
			}
		}
		return actions
	}
	for place, seat := range f.order {
		if !v.Legal.Has(seat) {
			continue
		}
		if seat == v.Seat {
			place = g.set().Players - 1
		}
		actions = append(actions, g.Place(place))
	}
	if v.Act == rules.Ballot {
		actions = append(actions, g.Abstain())
	}
	return actions
}

// decision returns what an action that is no speech decides.
func (g *Game) decision(f *frame, a cfr.Action) rules.Decision {
	switch {
	case a == g.Abstain():
		return rules.Pass()
	case int(a) == g.set().Players-1:
		return rules.Point(f.view.Seat)
	}
	return rules.Point(f.order[a])
}

// Probabilities of what is drawn.
func (s *State) Probabilities() []float64 {
	if s.words != nil {
		return s.odds
	}
	return s.course.Probabilities()
}

// Child plays an action.
func (s *State) Child(i int) cfr.State {
	switch {
	case s.words != nil:
		return s.word(i)
	case s.course.Player() < 0:
		return s.then(s.course.Child(i))
	}
	action := s.Actions()[i]
	f := s.regard()
	if strategy, class, speech := s.game.Talk(action); speech {
		c := s.then(s.course)
		for n, a := range s.course.Actions() {
			if own, _ := s.game.Cluster(a); own == strategy {
				c.choice = n
			}
		}
		c.wordings(f, action, class)
		return c
	}
	want := s.game.Abstain()
	if d := s.game.decision(f, action); d.Target != games.NoSeat {
		want = cfr.Action(d.Target)
	}
	for n, a := range s.course.Actions() {
		if a == want {
			return s.then(s.course.Child(n))
		}
	}
	panic("regard: bug: an action that is not legal")
}

// then returns a later history in which nothing more was said.
func (s *State) then(course cfr.State) *State {
	return &State{game: s.game, course: course.(*abstract.State), claims: s.claims, theirs: s.theirs}
}

// wordings lists what a speech may come to: any living seat of the class, in any
// of the ways.
func (s *State) wordings(f *frame, action cfr.Action, class Class) {
	about := []games.Seat{games.NoSeat}
	if class != Nobody {
		about = about[:0]
		for _, seat := range f.order[:len(f.order)-1] {
			if f.class(seat) == class.target() {
				about = append(about, seat)
			}
		}
	}
	talks := s.game.talk[f.view.Role]
	for t := range talks {
		if talks[t].action != action {
			continue
		}
		for w := range talks[t].ways {
			for _, seat := range about {
				s.words = append(s.words, wording{seat, &talks[t].ways[w]})
				s.odds = append(s.odds, talks[t].ways[w].chance/float64(len(about)))
			}
		}
	}
}

// word says it.
func (s *State) word(i int) *State {
	w := s.words[i]
	speaker := s.Table().Pending().Lowest()
	claims := append(s.claims[:len(s.claims):len(s.claims)], put(w.way.claims, speaker, w.about))
	c := s.then(s.course.Child(s.choice))
	c.claims = claims
	return c
}

// Returns pays out.
func (s *State) Returns(dst []float64) { s.course.Returns(dst) }

// AppendKey appends what the mover knows: what the course of the game shows it,
// and what was claimed.
func (s *State) AppendKey(dst []byte) []byte { return appendClaims(s.course.AppendKey(dst), s.claims) }

func appendClaims(dst []byte, claims [][]hearing.Claim) []byte {
	for _, speech := range claims {
		dst = append(dst, ' ')
		for _, c := range speech {
			dst = append(dst, 'a'+byte(c.Kind))
			dst = strconv.AppendInt(dst, int64(c.Target), 10)
			if c.Role != rules.Unknown {
				dst = append(dst, '=', '0'+byte(c.Role))
			}
		}
	}
	return dst
}

// ActionName names an action.
func (s *State) ActionName(a cfr.Action) string {
	switch {
	case s.words != nil:
		w := s.words[a]
		name := "words"
		for _, c := range w.way.claims {
			name += " " + c.Kind.String()
		}
		if w.about != games.NoSeat {
			name += " " + rules.Name(w.about)
		}
		return name
	case s.course.Player() < 0:
		return s.course.ActionName(a)
	}
	return s.game.ActionName(a)
}

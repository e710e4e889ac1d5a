package regard

import (
	"errors"
	"fmt"
	"slices"

	"dryad/games"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// Lexicon is what each role has to say. JSON carries it without loss.
type Lexicon struct {
	Speeches []Speech `json:"speeches"`
}

// Speech is a latent strategy towards a class of target, with the ways in which
// it was put into words.
type Speech struct {
	Role     rules.Role `json:"role"`
	Strategy int        `json:"strategy"`
	Class    Class      `json:"class"`
	Ways     []Way      `json:"ways"`
}

// Way is what a listener takes from a speech, and how often it was said so.
type Way struct {
	Claims []Claim `json:"claims"`
	Count  int     `json:"count"`
}

// Claim is a hearing.Claim about whoever the speech is about, or about the
// speaker's own role.
type Claim struct {
	Kind hearing.Kind `json:"kind"`
	Role rules.Role   `json:"role,omitzero"`
}

// maxStrategies bounds the numbers of latent strategies.
const maxStrategies = 100

// take returns what is left of claims when the speech is about one seat, or
// about none.
func take(claims []hearing.Claim, about games.Seat) []Claim {
	taken := []Claim{}
	for _, c := range claims {
		if x := (Claim{c.Kind, c.Role}); (c.Target == games.NoSeat || c.Target == about) && !slices.Contains(taken, x) {
			taken = append(taken, x)
		}
	}
	return taken
}

// put is the way back.
func put(claims []Claim, speaker, about games.Seat) []hearing.Claim {
	said := make([]hearing.Claim, len(claims))
	for i, c := range claims {
		said[i] = hearing.Claim{Kind: c.Kind, Speaker: speaker, Target: about, Role: c.Role}
		if c.Kind == hearing.ClaimsRole {
			said[i].Target = games.NoSeat
		}
	}
	return said
}

// Add counts a speech of a latent strategy by the one whose view it is, who
// concludes by a model.
func (l *Lexicon) Add(v *rules.View, m belief.Model, strategy int, text string) {
	claims := hearing.Read(text, v.Seat)
	before := read(v)
	class, about := newFrame(v, m, before, belief.Overheard(v, m, before)).classify(claims)
	l.count(v.Role, strategy, class, take(claims, about), 1)
}

func (l *Lexicon) count(role rules.Role, strategy int, class Class, claims []Claim, times int) {
	at := slices.IndexFunc(l.Speeches, func(s Speech) bool { return s.Role == role && s.Strategy == strategy && s.Class == class })
	if at < 0 {
		at = len(l.Speeches)
		l.Speeches = append(l.Speeches, Speech{Role: role, Strategy: strategy, Class: class})
	}
	s := &l.Speeches[at]
	for i := range s.Ways {
		if slices.Equal(s.Ways[i].Claims, claims) {
			s.Ways[i].Count += times
			return
		}
	}
	s.Ways = append(s.Ways, Way{claims, times})
}

// Frequent returns the lexicon without what was said fewer than so many times
// in all. Each role keeps its most frequent speech, and one about nobody where
// it has any.
func (l *Lexicon) Frequent(least int) *Lexicon {
	kept := &Lexicon{}
	for i := range l.Speeches {
		s := &l.Speeches[i]
		most := true
		for j := range l.Speeches {
			o := &l.Speeches[j]
			if o.Role == s.Role && o.Class == Nobody == (s.Class == Nobody) && (o.times() > s.times() || o.times() == s.times() && j < i) {
				most = false
			}
		}
		if most || s.times() >= least {
			kept.Speeches = append(kept.Speeches, *s)
		}
	}
	slices.SortFunc(kept.Speeches, func(a, b Speech) int {
		return (int(a.Role)-int(b.Role))<<20 + (a.Strategy-b.Strategy)<<8 + int(a.Class) - int(b.Class)
	})
	return kept
}

func (s *Speech) times() int {
	n := 0
	for _, w := range s.Ways {
		n += w.Count
	}
	return n
}

// check says what is wrong with a lexicon for a set of rules.
func (l *Lexicon) check(set *rules.Set) error {
	if l == nil {
		return errors.New("the game needs a lexicon")
	}
	has := map[rules.Role]bool{}
	for _, s := range l.Speeches {
		if s.Strategy < 0 || s.Strategy >= maxStrategies || int(s.Class) >= Classes || int(s.Role) >= rules.Roles || len(s.Ways) == 0 {
			return fmt.Errorf("the lexicon has strategy %d towards class %d of role %d with %d ways", s.Strategy, s.Class, s.Role, len(s.Ways))
		}
		for _, w := range s.Ways {
			if w.Count < 1 {
				return fmt.Errorf("the lexicon counts %d for strategy %d", w.Count, s.Strategy)
			}
			for _, c := range w.Claims {
				if int(c.Role) >= rules.Roles || c.Kind > hearing.Asks {
					return fmt.Errorf("the lexicon has a claim of kind %d and role %d", c.Kind, c.Role)
				}
				if s.Class == Nobody && c.Kind != hearing.ClaimsRole {
					return fmt.Errorf("the lexicon has a speech about nobody that %s", c.Kind)
				}
			}
		}
		if s.Class == Nobody {
			has[s.Role] = true
		}
	}
	for _, role := range set.Kinds() {
		if !has[role] {
			return fmt.Errorf("the lexicon has nothing that the %s can say about nobody", role)
		}
	}
	return nil
}

// Merge adds what another lexicon counts.
func (l *Lexicon) Merge(other *Lexicon) {
	for _, s := range other.Speeches {
		for _, w := range s.Ways {
			l.count(s.Role, s.Strategy, s.Class, w.Claims, w.Count)
		}
	}
}

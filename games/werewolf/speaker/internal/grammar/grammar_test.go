package grammar_test

import (
	"slices"
	"testing"

	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/internal/grammar"
)

// every goes through the derivations of a speaker without opener and tail.
func every(yield func(grammar.Derivation)) {
	for a := range grammar.Act(grammar.Acts) {
		for _, f := range []rules.Finding{rules.Nothing, rules.NotWolf, rules.Wolf} {
			if (f != rules.Nothing) != (a == grammar.Reveal || a == grammar.Fabricate) {
				continue
			}
			for _, target := range []games.Seat{games.NoSeat, 0, 3, 12} {
				if (target == games.NoSeat) != (a == grammar.Claim || a == grammar.Silent) || target == 0 && a != grammar.Defend {
					continue
				}
				for i := range grammar.Forms(a, f, target == 0) {
					d := grammar.Derivation{Act: a, Finding: f, Target: target, Form: i}
					if a == grammar.Claim {
						d.Role = rules.Doctor
					}
					yield(d)
				}
			}
		}
	}
}

// TestParseFindsIt: what was rendered by seat 0 is parsed; only a report has
// two readings, true and made up.
func TestParseFindsIt(t *testing.T) {
	every(func(d grammar.Derivation) {
		d.Opener, d.Tail = 1+(d.Form+int(d.Act))%(len(grammar.Openers)-1), d.Form%len(grammar.Tails)
		text := grammar.Render(d, 0)
		found := grammar.Parse(text, 0)
		want := 1
		if d.Act == grammar.Reveal || d.Act == grammar.Fabricate {
			want = 2
		}
		if !slices.Contains(found, d) || len(found) != want {
			t.Errorf("%q from %+v: %+v", text, d, found)
		}
		if rules.Clean(text) != text {
			t.Errorf("%q is not heard as it is said", text)
		}
	})
}

// TestHeard: who listens to the text alone hears what was meant.
func TestHeard(t *testing.T) {
	every(func(d grammar.Derivation) {
		for o := range grammar.Openers {
			for tail := range grammar.Tails {
				d.Opener, d.Tail = o, tail
				text := grammar.Render(d, 0)
				kinds := map[hearing.Kind]bool{}
				for _, c := range hearing.Read(text, 0) {
					kinds[c.Kind] = true
					if c.Target != games.NoSeat && c.Target != d.Target {
						t.Errorf("%q is heard of %d", text, c.Target)
					}
				}
				want := map[grammar.Act]hearing.Kind{
					grammar.Claim: hearing.ClaimsRole, grammar.Accuse: hearing.Suspects, grammar.Defend: hearing.Trusts,
					grammar.Agree: hearing.Trusts, grammar.Deflect: hearing.Suspects,
				}
				kind, tells := want[d.Act]
				switch {
				case d.Act == grammar.Reveal || d.Act == grammar.Fabricate:
					kind, tells = hearing.SaysGood, true
					if d.Finding == rules.Wolf {
						kind = hearing.SaysWolf
					}
					if !kinds[hearing.ClaimsRole] {
						t.Errorf("%q claims no role", text)
					}
				case d.Target == 0, d.Act == grammar.Silent:
					if len(kinds) > 0 {
						t.Errorf("%q is heard as %v", text, kinds)
					}
					continue
				}
				if tells && !kinds[kind] {
					t.Errorf("%s: %q is heard as %v", d.Act, text, hearing.Read(text, 0))
				}
				for _, wrong := range []hearing.Kind{hearing.SaysWolf, hearing.Trusts, hearing.SaysGood} {
					if kinds[wrong] && wrong != kind {
						t.Errorf("%s: %q is heard as %v", d.Act, text, hearing.Read(text, 0))
					}
				}
			}
		}
	})
}

// TestManyForms: the language has hundreds of surface forms.
func TestManyForms(t *testing.T) {
	texts := map[string]bool{}
	every(func(d grammar.Derivation) {
		for d.Opener = range grammar.Openers {
			for d.Tail = range grammar.Tails {
				texts[grammar.Render(d, 0)] = true
			}
		}
	})
	if len(texts) < 5000 {
		t.Errorf("%d texts", len(texts))
	}
}

func FuzzParse(f *testing.F) {
	f.Add("Well. I suspect player_3. Think about it.")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range grammar.Parse(text, 1) {
			if got := grammar.Render(d, 1); got != text {
				t.Errorf("%q is rendered as %q", text, got)
			}
		}
	})
}

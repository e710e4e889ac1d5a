package speaker_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
	"dryad/games/werewolf/speaker/label"
)

// floor returns the view of a seat that has the floor in the first day of a
// game: seat 0 is the seer and knows that 1 is a werewolf.
func floor(t testing.TB, seat games.Seat) *rules.View {
	t.Helper()
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	const w, s, d, v = rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager
	set.Deal = []rules.Role{s, w, d, v, v, w, v}
	game := rules.Deal(set, 1)
	for game.Phase() == rules.Night {
		for seat := range game.Pending().All() {
			target := games.Seat(6)
			if game.Role(seat) == rules.Seer {
				target = 1
			}
			if game.Role(seat) == rules.Doctor {
				target = 2
			}
			if err := game.Decide(seat, rules.Point(target)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for s := games.Seat(0); s < seat; s++ {
		if err := game.Decide(s, rules.Say("I suspect player_1.")); err != nil {
			t.Fatal(err)
		}
	}
	return game.View(seat)
}

// TestFrequencies: what is said comes as often as the likelihood says.
func TestFrequencies(t *testing.T) {
	v := floor(t, 1)
	s := speaker.New()
	r := rand.New(rand.NewPCG(1, 2))
	pass := 0.0
	seen := map[string]bool{}
	const n = 4000
	for range n {
		text := s.Say(v, r)
		if _, name, ok := label.Of(v, text); !ok {
			t.Fatalf("%q has no label", text)
		} else if name == "silent" {
			pass++
		}
		seen[text] = true
		if l := s.LogLikelihood(v, text); math.IsInf(l, -1) || l > 0 {
			t.Fatalf("%q has likelihood %g", text, l)
		}
	}
	if len(seen) < 500 {
		t.Errorf("only %d different texts", len(seen))
	}
	// In the untrained speaker the 8 sentences of silence, the 10 openers and the
	// 10 tails are alike.
	want := n * 800 * math.Exp(s.LogLikelihood(v, "I pass."))
	if math.Abs(pass-want) > 4*math.Sqrt(want) {
		t.Errorf("silent %g times, want about %g", pass, want)
	}
}

// TestGradient compares with differences.
func TestGradient(t *testing.T) {
	for _, seat := range []games.Seat{0, 1, 2} {
		v := floor(t, seat)
		s := speaker.New()
		r := rand.New(rand.NewPCG(3, uint64(seat)))
		for range 5 {
			text := s.Say(v, r)
			gradient := make([]float64, s.Parameters())
			s.Gradient(v, text, 1, gradient)
			for range 60 {
				i := r.IntN(s.Parameters())
				const h = 1e-4
				up, down := s.LogLikelihood(v, text), 0.0
				func() {
					plus, minus := s.Clone(), s.Clone()
					plus.Nudge(i, h)
					minus.Nudge(i, -h)
					up, down = plus.LogLikelihood(v, text), minus.LogLikelihood(v, text)
				}()
				if want := (up - down) / (2 * h); math.Abs(want-gradient[i]) > 1e-6 {
					t.Errorf("%q, parameter %d: gradient %g, want %g", text, i, gradient[i], want)
				}
			}
		}
	}
}

// TestCandidatesDiffer: three candidates do three different things.
func TestCandidatesDiffer(t *testing.T) {
	v := floor(t, 0)
	s := speaker.New()
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		acts := map[int]bool{}
		for _, text := range s.Candidates(v, 3, r) {
			act, _, ok := label.Of(v, text)
			if !ok {
				t.Fatalf("%q", text)
			}
			acts[act] = true
		}
		if len(acts) != 3 {
			t.Fatalf("%d acts", len(acts))
		}
	}
	if texts := s.Candidates(v, 40, r); len(texts) != 40 {
		t.Errorf("%d of 40 candidates", len(texts))
	}
}

// pairs prefers the seer's finding to silence.
func pairs(t testing.TB, n int) []speaker.Pair {
	v := floor(t, 0)
	s := speaker.New()
	r := rand.New(rand.NewPCG(5, 6))
	var list []speaker.Pair
	var good, bad []string
	for len(good) < n || len(bad) < n {
		text := s.Say(v, r)
		switch _, name, _ := label.Of(v, text); name {
		case "reveal":
			good = append(good, text)
		case "silent", "defend":
			bad = append(bad, text)
		}
	}
	for i := range n {
		list = append(list, speaker.Pair{View: v, Chosen: good[i], Rejected: bad[i]})
	}
	return list
}

// TestTrain: every method makes the seer speak up.
func TestTrain(t *testing.T) {
	list := pairs(t, 200)
	v := list[0].View
	list = append(list, speaker.Pair{View: v, Chosen: "Beep.", Rejected: "Boop."})
	rate := func(s *speaker.Speaker) float64 {
		r := rand.New(rand.NewPCG(7, 8))
		n := 0
		for range 500 {
			if _, name, _ := label.Of(v, s.Say(v, r)); name == "reveal" {
				n++
			}
		}
		return float64(n) / 500
	}
	before := rate(speaker.New())
	for _, p := range []speaker.Params{
		{Method: speaker.DPO, Epochs: 4}, {Method: speaker.IPO, Epochs: 4}, {Method: speaker.SPPO, Epochs: 4}, {Method: speaker.KTO, Epochs: 4},
		{Method: speaker.INPO, Epochs: 2, Rounds: 2}, {Method: speaker.DPO, Rounds: 3, Momentum: 0.5},
	} {
		s, report, err := speaker.Train(context.Background(), speaker.New(), list, p)
		if err != nil {
			t.Fatal(err)
		}
		if report.Foreign != 1 || report.Pairs != 200 || report.Accuracy < 0.9 || report.Loss >= report.FirstLoss {
			t.Errorf("%+v: %+v", p, report)
		}
		if after := rate(s); after < before+0.1 {
			t.Errorf("%+v: the seer speaks up in %g, %g before", p, after, before)
		}
		again, _, err := speaker.Train(context.Background(), speaker.New(), list, p)
		if err != nil {
			t.Fatal(err)
		}
		var a, b bytes.Buffer
		if s.Write(&a) != nil || again.Write(&b) != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%+v: training again gives other weights", p)
		}
	}
	for _, bad := range []speaker.Params{{Method: "ppo"}, {Beta: -1}, {Momentum: 1}, {Epochs: -1}} {
		if _, _, err := speaker.Train(context.Background(), speaker.New(), list, bad); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := speaker.Train(ctx, speaker.New(), list, speaker.Params{}); err == nil {
		t.Error("training went on after it was cancelled")
	}
}

// TestMomentum: with momentum, three rounds go farther than without.
func TestMomentum(t *testing.T) {
	list := pairs(t, 100)
	loss := func(m float64) float64 {
		s, _, err := speaker.Train(context.Background(), speaker.New(), list, speaker.Params{Rounds: 3, Momentum: m})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, p := range list {
			sum += s.LogLikelihood(p.View, p.Chosen) - s.LogLikelihood(p.View, p.Rejected)
		}
		return sum
	}
	if plain, fast := loss(0), loss(0.6); fast <= plain {
		t.Errorf("log-ratios %g with momentum, %g without", fast, plain)
	}
}

func TestReadRefuses(t *testing.T) {
	var b bytes.Buffer
	if err := speaker.New().Write(&b); err != nil {
		t.Fatal(err)
	}
	s, err := speaker.Read(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if s.Write(&again) != nil || again.String() != b.String() {
		t.Error("reading and writing changes it")
	}
	for want, text := range map[string]string{
		"format":  `{"format":"x"}`,
		"grammar": `{"format":"dryad-werewolf-speaker","grammar":"0","weights":[]}`,
		"unknown": `{"hello":1}`,
		"read":    `nonsense`,
		"long":    strings.Repeat(" ", 2<<20),
		"weight":  strings.Replace(b.String(), `"weights":[`, `"weights":[1e9,`, 1),
	} {
		if _, err := speaker.Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s was accepted", want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"format":"dryad-werewolf-speaker","grammar":"0","weights":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := speaker.Read(bytes.NewReader(data)); err == nil && s.Write(new(bytes.Buffer)) != nil {
			t.Error("what was read cannot be written")
		}
	})
}

func Example() {
	set, err := rules.Default("classic", 4)
	if err != nil {
		panic(err)
	}
	set.Deal = []rules.Role{rules.Villager, rules.Werewolf, rules.Seer, rules.Villager}
	table := rules.Deal(set, 1)
	for table.Phase() == rules.Night {
		for seat := range table.Pending().All() {
			if err := table.Decide(seat, rules.Point(3)); err != nil {
				panic(err)
			}
		}
	}
	view := table.View(table.Pending().Lowest())
	for _, text := range speaker.New().Candidates(view, 3, rand.New(rand.NewPCG(1, 2))) {
		fmt.Println(text)
	}
	// Output:
	// I have thought about this. Can player_1 tell us what happened? The village cannot afford a mistake.
	// Here is where I stand. player_2 is suspicious to me. We must not waste this day.
	// Friends, hear me out. You are wrong about me. That is all from me.
}

func BenchmarkCandidates(b *testing.B) {
	v := floor(b, 3)
	s := speaker.New()
	r := rand.New(rand.NewPCG(1, 2))
	b.ReportAllocs()
	for b.Loop() {
		s.Candidates(v, 3, r)
	}
}

func BenchmarkTrain(b *testing.B) {
	list := pairs(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := speaker.Train(context.Background(), speaker.New(), list, speaker.Params{}); err != nil {
			b.Fatal(err)
		}
	}
}

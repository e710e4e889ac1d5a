package rating_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/rating"
)

// Reference values: computed with openskill 6.2.0 (PyPI),
//
//	PlackettLuce().rate([[model.rating(mu=..., sigma=...), ...], ...], ranks=[...])
//
// with its default parameters.
func TestPlackettLuceOfOpenskill(t *testing.T) {
	fresh := rating.Skill{Mean: 25, Deviation: 25. / 3}
	for _, c := range []struct {
		name  string
		teams [][]rating.Skill
		ranks []int
		want  [][]rating.Skill
	}{
		{"duel", [][]rating.Skill{{fresh}, {fresh}}, []int{1, 2},
			[][]rating.Skill{{{Mean: 27.635389493140497, Deviation: 8.06590141354368}}, {{Mean: 22.364610506859503, Deviation: 8.06590141354368}}}},
		{"draw", [][]rating.Skill{{fresh}, {{Mean: 30, Deviation: 4}}}, []int{1, 1},
			[][]rating.Skill{{{Mean: 25.710097974268756, Deviation: 7.8871447690964835}}, {{Mean: 29.836338783052746, Deviation: 3.9777131261574934}}}},
		{"upset", [][]rating.Skill{{{Mean: 32, Deviation: 3}}, {{Mean: 20, Deviation: 6.5}}}, []int{2, 1},
			[][]rating.Skill{{{Mean: 31.237667483468535, Deviation: 2.9925542198547066}}, {{Mean: 23.57655617817576, Deviation: 6.308611932460838}}}},
		{"four", [][]rating.Skill{{{Mean: 29, Deviation: 8}}, {{Mean: 25, Deviation: 7}}, {{Mean: 21, Deviation: 6}}, {{Mean: 17, Deviation: 5}}}, []int{3, 1, 4, 2},
			[][]rating.Skill{{{Mean: 27.101097957023015, Deviation: 7.6066686610149405}}, {{Mean: 27.28377859971081, Deviation: 6.9374986357781205}},
				{{Mean: 18.978300865292336, Deviation: 5.89611157126486}}, {{Mean: 17.98060935721068, Deviation: 4.975038281745666}}}},
		{"teams", [][]rating.Skill{{{Mean: 29, Deviation: 8}, {Mean: 24, Deviation: 5}}, {{Mean: 25, Deviation: 7}, {Mean: 26, Deviation: 2.5}}, {{Mean: 21, Deviation: 6}}}, []int{2, 1, 3},
			[][]rating.Skill{{{Mean: 27.358504364272573, Deviation: 7.760000092393869}, {Mean: 23.358682241048662, Deviation: 4.9425237323498505}},
				{{Mean: 26.80482065268208, Deviation: 6.9112822424957985}, {Mean: 26.230429843852423, Deviation: 2.4973412140905307}}, {{Mean: 20.59736067599821, Deviation: 5.972184299174325}}}},
		{"ties", [][]rating.Skill{{{Mean: 29, Deviation: 8}}, {{Mean: 25, Deviation: 7}}, {{Mean: 21, Deviation: 6}}, {{Mean: 17, Deviation: 5}}}, []int{1, 2, 2, 4},
			[][]rating.Skill{{{Mean: 31.65573810204403, Deviation: 7.8763898087476765}}, {{Mean: 24.389728887129795, Deviation: 6.859285483279253}},
				{{Mean: 20.913917133110786, Deviation: 5.93428862274024}}, {{Mean: 16.33361673233647, Deviation: 4.973841015695583}}}},
		{"teams and ties", [][]rating.Skill{{{Mean: 29, Deviation: 8}, {Mean: 24, Deviation: 5}}, {{Mean: 25, Deviation: 7}, {Mean: 26, Deviation: 2.5}}, {{Mean: 21, Deviation: 6}}}, []int{2, 2, 1},
			[][]rating.Skill{{{Mean: 26.762573010537828, Deviation: 7.652612258538714}, {Mean: 23.125857156444255, Deviation: 4.916899734735422}},
				{{Mean: 23.695206368406286, Deviation: 6.819905518408013}, {Mean: 25.833410930697756, Deviation: 2.493242933829331}}, {{Mean: 23.21733183069345, Deviation: 5.990040548326452}}}},
	} {
		got, err := rating.PlackettLuce(c.teams, c.ranks, rating.PlackettLuceParams{})
		if err != nil {
			t.Fatal(err)
		}
		nearSkills(t, c.name, got, c.want)
	}
	got, err := rating.PlackettLuce([][]rating.Skill{{fresh}, {fresh}, {fresh}}, []int{1, 2, 3}, rating.PlackettLuceParams{Tau: -1})
	if err != nil {
		t.Fatal(err)
	}
	nearSkills(t, "without tau", got, [][]rating.Skill{{{Mean: 27.868876552746237, Deviation: 8.204837030780652}},
		{{Mean: 25.717219138186557, Deviation: 8.057829747583874}}, {{Mean: 21.413904309067206, Deviation: 8.057829747583874}}})
}

// Six games one after the other, by the same reference.
func TestPlackettLuceOverGames(t *testing.T) {
	skills := []rating.Skill{rating.NewSkill(), rating.NewSkill(), rating.NewSkill()}
	for _, order := range [][]int{{0, 1, 2}, {0, 1, 2}, {2, 0, 1}, {1, 0, 2}, {0, 2, 1}, {0, 1, 2}} {
		var teams [][]rating.Skill
		for _, player := range order {
			teams = append(teams, []rating.Skill{skills[player]})
		}
		after, err := rating.PlackettLuce(teams, []int{1, 2, 3}, rating.PlackettLuceParams{})
		if err != nil {
			t.Fatal(err)
		}
		for place, player := range order {
			skills[player] = after[place][0]
		}
	}
	nearSkills(t, "after six games", [][]rating.Skill{skills}, [][]rating.Skill{{{Mean: 33.92803429803272, Deviation: 7.281934371729202},
		{22.992150331537452, 7.048869666784375}, {Mean: 18.129526445544588, Deviation: 7.116155685613074}}})
}

func nearSkills(t *testing.T, name string, got, want [][]rating.Skill) {
	t.Helper()
	for i := range want {
		for p := range want[i] {
			near(t, name+": mean", got[i][p].Mean, want[i][p].Mean, 1e-6)
			near(t, name+": deviation", got[i][p].Deviation, want[i][p].Deviation, 1e-6)
		}
	}
}

// Naming the teams in another order permutes the result, only the order of
// ranks counts, a game makes nobody less certain but for tau, and what means
// gain is lost by others in units of their variance.
func TestPlackettLuceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "teams")
		teams, ranks := make([][]rating.Skill, n), make([]int, n)
		reversed, other := make([][]rating.Skill, n), make([]int, n)
		for i := range n {
			ranks[i] = rapid.IntRange(1, n).Draw(t, "rank")
			for range rapid.IntRange(1, 3).Draw(t, "players") {
				teams[i] = append(teams[i], rating.Skill{
					Mean: rapid.Float64Range(-20, 70).Draw(t, "mean"), Deviation: rapid.Float64Range(0.5, 10).Draw(t, "deviation")})
			}
			reversed[n-1-i], other[n-1-i] = teams[i], 7*ranks[i]-100
		}
		first, err := rating.PlackettLuce(teams, ranks, rating.PlackettLuceParams{Tau: -1})
		if err != nil {
			t.Fatal(err)
		}
		second, err := rating.PlackettLuce(reversed, other, rating.PlackettLuceParams{Tau: -1})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i := range n {
			for p, skill := range first[i] {
				before, twin := teams[i][p], second[n-1-i][p]
				if math.Abs(skill.Mean-twin.Mean) > 1e-9 || math.Abs(skill.Deviation-twin.Deviation) > 1e-9 {
					t.Fatalf("%v, in another order %v", skill, twin)
				}
				if skill.Deviation > before.Deviation {
					t.Fatalf("a game made %v less certain: %v", before, skill)
				}
				if p == 0 {
					sum += (skill.Mean - before.Mean) / (before.Deviation * before.Deviation)
				}
			}
		}
		if math.Abs(sum) > 1e-9 {
			t.Fatalf("the slopes sum to %v", sum)
		}
	})
}

func TestBadTeams(t *testing.T) {
	one := []rating.Skill{rating.NewSkill()}
	for _, c := range []struct {
		teams  [][]rating.Skill
		ranks  []int
		params rating.PlackettLuceParams
	}{
		{[][]rating.Skill{one}, []int{1}, rating.PlackettLuceParams{}},
		{[][]rating.Skill{one, one}, []int{1}, rating.PlackettLuceParams{}},
		{[][]rating.Skill{one, nil}, []int{1, 2}, rating.PlackettLuceParams{}},
		{[][]rating.Skill{one, {{Mean: 1}}}, []int{1, 2}, rating.PlackettLuceParams{}},
		{[][]rating.Skill{one, {{Mean: math.NaN(), Deviation: 1}}}, []int{1, 2}, rating.PlackettLuceParams{}},
		{[][]rating.Skill{one, one}, []int{1, 2}, rating.PlackettLuceParams{Beta: -1}},
		{[][]rating.Skill{one, one}, []int{1, 2}, rating.PlackettLuceParams{Kappa: 2}},
	} {
		if _, err := rating.PlackettLuce(c.teams, c.ranks, c.params); err == nil {
			t.Errorf("%v with ranks %v and %+v was taken", c.teams, c.ranks, c.params)
		}
	}
}

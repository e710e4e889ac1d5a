package kaggle

import "testing"

func TestNames(t *testing.T) {
	n := names{"Player 1", "Player 10", "Ann", "Anna", "Zoë"}
	for text, want := range map[string]string{
		"Player 10 and Player 1, not Player 100.": "player_1 and player_0, not Player 100.",
		"Anna, Ann; Annabel: MyAnn":               "player_3, player_2; Annabel: MyAnn",
		"Zoë! Ann_":                               "player_4! Ann_",
		"":                                        "",
	} {
		if got := n.heard(text); got != want {
			t.Errorf("%q is heard as %q, want %q", text, got, want)
		}
	}
	if got := n.told("player_1, player_0: player_10 and player_3"); got != "Player 10, Player 1: player_10 and Anna" {
		t.Errorf("a speech is told as %q", got)
	}
	if n.seat("Bob") != -1 || n.seat("Anna") != 3 {
		t.Errorf("seats are %d and %d", n.seat("Bob"), n.seat("Anna"))
	}
}

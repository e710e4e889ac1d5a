package rpsls

import "strings"

// moves are the five, in the order of the matrix: i beats the ones 2 and 4
// places on.
var moves = [...]string{"rock", "paper", "scissors", "spock", "lizard"}

// forms are the ways to say a move; a dash stands for it.
var forms = [...]string{"-", "-, -", "-!", "- and again -", "my -", "-, I say -"}

func say(move, form int) string { return strings.ReplaceAll(forms[form], "-", moves[move]) }

// heard returns the move that an utterance names.
func heard(utterance string) int {
	for m, name := range moves {
		if strings.Contains(utterance, name) {
			return m
		}
	}
	return 0
}

// pays returns what a move gets against another.
func pays(a, b int) float64 {
	return [...]float64{0, -1, 1, -1, 1}[(b-a+len(moves))%len(moves)]
}

// Moves returns the names of the five moves.
func Moves() []string { return append([]string(nil), moves[:]...) }

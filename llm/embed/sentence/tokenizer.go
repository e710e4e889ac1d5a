package sentence

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/vocabulary.txt
var vocabularyText string

const (
	// reserved is the number of pieces that are never matched in a text; the
	// first of them stands for what is unknown.
	reserved = 6
	unknown  = 0
	// marker begins a word in the pieces.
	marker = "\u2581"
)

// tokenizer cuts a text into the pieces of a unigram vocabulary (Kudo 2018, arXiv
// 1804.10959) such that the sum of their scores is highest.
type tokenizer struct {
	// children maps a node of the trie and the next rune to a node; 0 is the root.
	children map[edge]int32
	// pieces has the identifier of the piece that ends at a node, or 0.
	pieces []int32
	scores []float64
	runes  []int
}

type edge struct {
	node int32
	next rune
}

// newTokenizer reads a vocabulary: one piece a line, a space, its score.
func newTokenizer(text string) (*tokenizer, error) {
	t := &tokenizer{children: map[edge]int32{}, pieces: []int32{0}}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		cut := strings.LastIndexByte(line, ' ')
		if cut < 1 {
			return nil, fmt.Errorf("vocabulary line %d: want a piece and a score", len(t.scores)+1)
		}
		score, err := strconv.ParseFloat(line[cut+1:], 64)
		if err != nil {
			return nil, fmt.Errorf("vocabulary line %d: %w", len(t.scores)+1, err)
		}
		identifier := int32(len(t.scores))
		t.scores = append(t.scores, score)
		t.runes = append(t.runes, utf8.RuneCountInString(line[:cut]))
		if identifier < reserved {
			continue
		}
		node := int32(0)
		for _, r := range line[:cut] {
			next, ok := t.children[edge{node, r}]
			if !ok {
				next = int32(len(t.pieces))
				t.children[edge{node, r}] = next
				t.pieces = append(t.pieces, 0)
			}
			node = next
		}
		t.pieces[node] = identifier
	}
	if len(t.scores) <= reserved {
		return nil, fmt.Errorf("vocabulary has only %d pieces", len(t.scores))
	}
	return t, nil
}

// encode gives the identifiers of the best pieces; several unknown runes in a row
// become one. It follows the original implementation in what that does with ties
// and with unknown runes, whose score is 0.
func (t *tokenizer) encode(text string) []int32 {
	text = norm.NFKC.String(strings.ToValidUTF8(text, "\ufffd"))
	if text == "" {
		return nil
	}
	symbols := []rune(marker + strings.ReplaceAll(text, " ", marker))
	best := make([]float64, len(symbols)+1)
	last := make([]int32, len(symbols)+1)
	offer := func(from, to int, identifier int32, score float64) {
		score += best[from]
		if best[to] == 0 || score >= best[to] {
			best[to], last[to] = score, identifier
		}
	}
	for from := range symbols {
		matched := false
		node := int32(0)
		for to := from; to < len(symbols); to++ {
			next, ok := t.children[edge{node, symbols[to]}]
			if !ok {
				break
			}
			node = next
			if piece := t.pieces[node]; piece != 0 {
				offer(from, to+1, piece, t.scores[piece])
				matched = true
			}
		}
		if !matched {
			offer(from, from+1, unknown, 0)
		}
	}
	var reversed []int32
	for at := len(symbols); at > 0; at -= t.runes[last[at]] {
		piece := last[at]
		if n := len(reversed); piece == unknown && n > 0 && reversed[n-1] == unknown {
			continue
		}
		reversed = append(reversed, piece)
	}
	for i, j := 0, len(reversed)-1; i < j; i, j = i+1, j-1 {
		reversed[i], reversed[j] = reversed[j], reversed[i]
	}
	return reversed
}

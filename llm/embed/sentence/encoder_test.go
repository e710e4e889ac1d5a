package sentence

import (
	"context"
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dryad/nn/safetensors"
)

// The golden files were written by testdata/golden.js with the JavaScript that
// the weights come with.
var (
	//go:embed testdata/sentences.txt
	sentencesText string
	//go:embed testdata/tokens.txt
	tokensText string
	//go:embed testdata/golden.safetensors
	goldenFile []byte
)

func lines(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }

func newEncoder(t testing.TB, p Params) *Encoder {
	t.Helper()
	e, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTokensEqualGolden(t *testing.T) {
	tokens := newEncoder(t, Params{}).weights.tokens
	want := lines(tokensText)
	for i, sentence := range lines(sentencesText) {
		var got []string
		for _, token := range tokens.encode(sentence) {
			got = append(got, strconv.Itoa(int(token)))
		}
		if strings.Join(got, " ") != want[i] {
			t.Errorf("%q: tokens %v, want %v", sentence, got, want[i])
		}
	}
}

func TestVectorsAgreeWithGolden(t *testing.T) {
	file, err := safetensors.Decode(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	codes, err := file.Tensor("values")
	if err != nil {
		t.Fatal(err)
	}
	sentences := lines(sentencesText)
	if len(sentences) != 200 || codes.Shape[0] != 200 {
		t.Fatalf("%d sentences, %d golden vectors", len(sentences), codes.Shape[0])
	}
	vectors, err := newEncoder(t, Params{Workers: 2}).Embed(context.Background(), sentences)
	if err != nil {
		t.Fatal(err)
	}
	worst, sum := 0.0, 0.0
	for i, vector := range vectors {
		dot, length, goldenLength := 0.0, 0.0, 0.0
		for j, v := range vector {
			golden := float64(int8(codes.Data[i*width+j]))
			dot += float64(v) * golden
			length += float64(v) * float64(v)
			goldenLength += golden * golden
		}
		if math.Abs(length-1) > 1e-5 {
			t.Errorf("%q: the vector has length %v", sentences[i], math.Sqrt(length))
		}
		off := 1 - dot/math.Sqrt(length*goldenLength)
		if off > 2e-3 {
			t.Errorf("%q: cosine is %v away from 1", sentences[i], off)
		}
		worst, sum = max(worst, off), sum+off
	}
	t.Logf("1 - cosine: worst %.2e, mean %.2e", worst, sum/200)
}

func TestVectorDependsOnItsTextAlone(t *testing.T) {
	sentences := append([]string{"", "\xff\xfe"}, lines(sentencesText)[:40]...)
	e := newEncoder(t, Params{Workers: 3})
	all, err := e.Embed(context.Background(), sentences)
	if err != nil {
		t.Fatal(err)
	}
	for i, sentence := range sentences {
		one, err := e.Embed(context.Background(), []string{sentence})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(one[0], all[i]) {
			t.Errorf("%q alone has another vector than among others", sentence)
		}
	}
}

func TestEmbedStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newEncoder(t, Params{}).Embed(ctx, []string{"hello"}); err == nil {
		t.Error("no error")
	}
}

func TestDamagedWeightsAreRefused(t *testing.T) {
	if _, err := decodeWeights(weightsFile[:len(weightsFile)/2], vocabularyText); err == nil {
		t.Error("half a file: no error")
	}
	for _, vocabulary := range []string{"", "a\n", "a b\n", vocabularyText + vocabularyText} {
		if _, err := decodeWeights(weightsFile, vocabulary); err == nil {
			t.Errorf("vocabulary of %d bytes: no error", len(vocabulary))
		}
	}
}

func FuzzEncodeTokens(f *testing.F) {
	for _, sentence := range lines(sentencesText)[:70] {
		f.Add(sentence)
	}
	tokens := newEncoder(f, Params{}).weights.tokens
	f.Fuzz(func(t *testing.T, text string) {
		for _, token := range tokens.encode(text) {
			if token < 0 || int(token) >= len(tokens.scores) {
				t.Fatalf("token %d", token)
			}
		}
	})
}

func BenchmarkEmbed(b *testing.B) {
	sentences := lines(sentencesText)[100:]
	e := newEncoder(b, Params{})
	tokens := 0
	for _, batch := range e.batches(sentences) {
		tokens += len(batch.tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Embed(context.Background(), sentences); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(sentences)*b.N)/b.Elapsed().Seconds(), "sentences/s")
	b.ReportMetric(float64(tokens)/float64(len(sentences)), "tokens/sentence")
}

func BenchmarkEmbedOne(b *testing.B) {
	e := newEncoder(b, Params{})
	for b.Loop() {
		if _, err := e.Embed(context.Background(), []string{"I checked Bruno last night and Bruno is a werewolf."}); err != nil {
			b.Fatal(err)
		}
	}
}

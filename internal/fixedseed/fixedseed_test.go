package fixedseed_test

import (
	"flag"
	"os"
	"testing"

	"pgregory.net/rapid"

	"dryad/internal/fixedseed"
)

// draws returns the numbers that rapid draws in one check.
func draws(t *testing.T) []int64 {
	var got []int64
	rapid.Check(t, func(t *rapid.T) { got = append(got, rapid.Int64().Draw(t, "n")) })
	return got
}

func TestTheSameDraws(t *testing.T) {
	if _, named := os.LookupEnv("RAPID_SEED"); !named {
		if got := flag.Lookup("rapid.seed").DefValue; got != "0" {
			t.Errorf("rapid's own default is the seed %s, no longer a new one", got)
		}
	}
	if got := flag.Lookup("rapid.seed").Value.String(); got != fixedseed.Seed {
		return // another seed was asked for
	}
	one, two := draws(t), draws(t)
	if len(one) != len(two) {
		t.Fatalf("%d draws, then %d", len(one), len(two))
	}
	for i := range one {
		if one[i] != two[i] {
			t.Fatalf("draw %d is %d, then %d", i, one[i], two[i])
		}
	}
}

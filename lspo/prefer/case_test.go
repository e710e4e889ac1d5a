package prefer_test

import (
	"strings"
	"testing"

	"dryad/lspo/prefer"
)

// TestKeysInAnotherCase are faults: who reads the rows does not find them.
func TestKeysInAnotherCase(t *testing.T) {
	good := `{"prompt":[{"role":"user","content":"a"}],"chosen":[{"role":"assistant","content":"b"}],"rejected":[{"role":"assistant","content":"c"}]}`
	for change, to := range map[string]string{`"prompt"`: `"Prompt"`, `"chosen"`: `"CHOSEN"`, `"rejected"`: `"Rejected"`, `"role":"user"`: `"Role":"user"`, `"content":"b"`: `"Content":"b"`} {
		faults, _, err := prefer.Lint(strings.NewReader(strings.Replace(good, change, to, 1)), prefer.TRL)
		if err != nil || len(faults) != 1 || !strings.Contains(faults[0].Problem, "is written") {
			t.Errorf("%s: %v, %v", to, faults, err)
		}
	}
	if faults, rows, err := prefer.Lint(strings.NewReader(good), prefer.TRL); err != nil || len(faults) != 0 || rows != 1 {
		t.Errorf("%v, %d, %v", faults, rows, err)
	}
}

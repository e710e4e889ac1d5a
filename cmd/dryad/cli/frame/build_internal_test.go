package frame

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestBuild(t *testing.T) {
	for version, want := range map[string]string{
		"": "", "(devel)": "", "v0.0.0-20261201120000-0123456789ab+dirty": "",
		"v0.0.0-20261201120000-0123456789ab": "v0.0.0-20261201120000-0123456789ab", "v1.2.3": "v1.2.3",
	} {
		if got := moduleBuild(&debug.BuildInfo{Main: debug.Module{Version: version}}, true); got != want {
			t.Errorf("%q is build %q, want %q", version, got, want)
		}
	}
	// A test's program is of no commit.
	build, err := Build()
	if err != nil || !strings.HasPrefix(build, Version+"-") || len(build) != len(Version)+13 {
		t.Errorf("build %q, %v", build, err)
	}
}

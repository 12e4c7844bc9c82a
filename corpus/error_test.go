package corpus_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestCaught lets functions fail and fall: what was thrown may hold a text, and is
// not repeated.
func TestCaught(t *testing.T) {
	failure := errors.New("no")
	var list []int
	for name, c := range map[string]struct {
		f          func() error
		same       error
		says, hush string
	}{
		"nothing happens": {f: func() error { return nil }},
		"it fails":        {f: func() error { return failure }, same: failure},
		"it throws words": {f: func() error { panic("secret words") }, says: "panic: string", hush: "secret"},
		"it throws error": {f: func() error { panic(errors.New("secret words")) }, says: "panic: *errors.errorString", hush: "secret"},
		"it overreaches":  {f: func() error { list[len(list)] = 1; return nil }, says: "index out of range"},
	} {
		err := corpus.Caught("it broke down", c.f)
		if c.says == "" {
			if !errors.Is(err, c.same) {
				t.Errorf("%s: %v, want %v", name, err, c.same)
			}
			continue
		}
		if err == nil || corpus.KindOf(err) != corpus.Internal || corpus.Message(err) != "it broke down" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s := err.Error(); !strings.Contains(s, c.says) || !strings.Contains(s, "error_test.go") || c.hush != "" && strings.Contains(s, c.hush) {
			t.Errorf("%s: the cause is %s", name, s)
		}
	}
}

package quantity

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// disagree reports whether Match finds anything but equal, or rounded, pairs.
func disagree(zh, en string) bool {
	m := Match(Append(nil, zh, language.Chinese), Append(nil, en, language.English))
	for _, p := range m.Pairs {
		if p.Relation > Rounded {
			return true
		}
	}
	return len(m.Missing)+len(m.Added) > 0
}

func TestMatchPairs(t *testing.T) {
	data, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != 3 {
			t.Fatalf("pairs.txt:%d: %d cells, want 3", n+1, len(cells))
		}
		zh, en := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		bad := strings.TrimSpace(cells[0]) == "bad"
		if got := disagree(zh, en); got != bad {
			source, target := Append(nil, zh, language.Chinese), Append(nil, en, language.English)
			t.Errorf("pairs.txt:%d: %s / %s: disagree = %v, want %v\n\t%v\n\t%v\n\t%+v", n+1, zh, en, got, bad, source, target, Match(source, target))
		}
	}
}

package markdown

import (
	"fmt"
	"testing"
)

// TestKinds reads a file that has a block of every kind.
func TestKinds(t *testing.T) {
	const file = `# Quays

The old quay is closed.[^1]

- repair the piers

> We are not amused.

Table 1. Goods by year

| year | tons |
|---|---|
| last | many |

Pier
: A place to land.

[^1]: Since May.
`
	want := "[heading paragraph list-item quote caption table-cell table-cell table-cell table-cell term list-item footnote]"
	var got []string
	for _, b := range Read([]byte(file)).Blocks {
		got = append(got, b.Kind.String())
	}
	if fmt.Sprint(got) != want {
		t.Errorf("kinds = %v, want %s", got, want)
	}
}

package main

import (
	"fmt"
	"strings"
	"testing"
	"testing/quick"
)

// TestChangesOf writes each change as the numbers of its sentences.
func TestChangesOf(t *testing.T) {
	test := func(old, new, want string) {
		t.Helper()
		a, b := sideOf(t, "text", old), sideOf(t, "text", new)
		var got []string
		for _, c := range changesOf(a, b) {
			got = append(got, indexes(c.old, 0, ",")+":"+indexes(c.new, 0, ","))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("changesOf(%q, %q) = %q, want %q", old, new, s, want)
		}
	}
	test("", "", "")
	test("One.", "One.", "")
	test("The one.\n\nThe two.", "The\none. The two.", "")
	test("The harbour is open.", "The harbour was open.", "0:0")
	test("", "The one. The two.", ":0 :1")
	test("The one. The two.", "", "0: 1:")
	test("The first one stays. The second one goes. The third stays.", "The first one stays. The third stays.", "1:")
	test("Boats left at dawn. Nobody came.", "Boats left at dusk. It rained. Nobody came back.", "0:0 :1 1:2")
	test("Boats left at dawn; nets were mended.", "Boats left at dawn. Nets were mended.", "0:0,1")
	test("Boats left at dawn. Nets were mended.", "Boats left at dawn; nets were mended.", "0,1:0")
	test("全市破获案件三起。追回资金。", "全市破获案件五起。追回资金。", "0:0")
	test("Cranes work at night.", "Nobody knows why!", "0:0")
}

// TestChangesCover checks that changes ascend on both sides, and that what is
// in none of them is equal.
func TestChangesCover(t *testing.T) {
	words := []string{"The boats left.", "The nets were mended.", "It rained all day.", "Nobody came.", "The boats left late, and it rained."}
	text := func(pick []uint8) string {
		var b strings.Builder
		for _, p := range pick {
			fmt.Fprintf(&b, "%s ", words[int(p)%len(words)])
		}
		return b.String()
	}
	check := func(x, y []uint8) bool {
		a, b := sideOf(t, "text", text(x)), sideOf(t, "text", text(y))
		before, after := written(a), written(b)
		var keptOld, keptNew []string
		i, j := 0, 0
		for _, c := range changesOf(a, b) {
			if c.old.Start < i || c.new.Start < j || c.old.Len()+c.new.Len() == 0 {
				return false
			}
			keptOld, keptNew = append(keptOld, before[i:c.old.Start]...), append(keptNew, after[j:c.new.Start]...)
			i, j = c.old.End, c.new.End
		}
		keptOld, keptNew = append(keptOld, before[i:]...), append(keptNew, after[j:]...)
		return strings.Join(keptOld, "\n") == strings.Join(keptNew, "\n")
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 500}); err != nil {
		t.Error(err)
	}
}

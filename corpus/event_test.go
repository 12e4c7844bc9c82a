package corpus

import (
	"testing"
	"time"
)

func TestChain(t *testing.T) {
	at := time.Date(2026, 6, 12, 8, 0, 0, 123456789, time.UTC)
	first := Event{ID: "e1", Chain: "document:d", At: at, By: "u", Verb: Propose, Data: []byte(`{"a":1}`)}.Seal(Event{})
	second := Event{ID: "e2", Chain: "document:d", At: at, By: "u", Verb: Approve}.Seal(first)
	if !first.Follows(Event{}) || !second.Follows(first) {
		t.Fatal("sealed events do not follow each other")
	}
	if first.At.Nanosecond() != 123000000 {
		t.Errorf("time kept as %v, want whole milliseconds", first.At)
	}
	for name, change := range map[string]func(*Event){
		"text": func(e *Event) { e.Data = []byte(`{"a":2}`) }, "person": func(e *Event) { e.By = "v" }, "time": func(e *Event) { e.At = e.At.Add(time.Second) },
		"verb": func(e *Event) { e.Verb = Decline }, "number": func(e *Event) { e.Seq++ }, "link": func(e *Event) { e.Prev = "x" }, "chain": func(e *Event) { e.Chain = "document:x" },
		"name": func(e *Event) { e.Name = "x" }, "id": func(e *Event) { e.ID = "x" },
	} {
		changed := second
		change(&changed)
		if changed.Follows(first) {
			t.Errorf("an event with another %s still follows", name)
		}
	}
	// The canonical bytes are part of every stored chain: this value never changes.
	const want = "31da582ca1c9df3f441a89f1be62373f6e2ceda201f758f87c1ce6edb1a543d2"
	if first.Hash != want {
		t.Errorf("hash = %s, want %s", first.Hash, want)
	}
}

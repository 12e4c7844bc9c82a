package corpus

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the expected results in testdata")

// golden compares got with a file in testdata, or rewrites the file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what the code gives; look at it, then run with -update\ngot:\n%s", path, got)
	}
}

// TestTransitions prints the whole table: for every verb on a unit, whose work
// it is used on, and each state, which roles may use it.
func TestTransitions(t *testing.T) {
	verbs := []Verb{Propose, Restore, Withdraw, Approve, Countersign, Return, Decline, Accept, Reopen, PutFlag, DropFlag, Resolve, Dismiss, DismissMain, Write, Merge, Split, Confirm, Label}
	var b strings.Builder
	fmt.Fprintf(&b, "# verb, whose work, then for each state the roles that may\n")
	for _, verb := range verbs {
		if _, ok := rules[verb]; !ok {
			t.Errorf("verb %s is not in the table", verb)
		}
		for _, own := range []bool{true, false} {
			fmt.Fprintf(&b, "%s %s\n", verb, map[bool]string{true: "own", false: "others'"}[own])
			for _, state := range States() {
				var may []string
				for i, name := range roleNames {
					actor := ActorOf(User{Name: "x"}, 1<<i)
					if Check(actor, verb, Object{State: state, Own: own, ByReviewer: true, Reason: "why"}, Settings{}) == nil {
						may = append(may, name)
					}
				}
				fmt.Fprintf(&b, "    %-9s %s\n", state, strings.Join(may, " "))
			}
		}
	}
	golden(t, "transitions.txt", b.String())
}

func TestCheck(t *testing.T) {
	translator, reviewer := ActorOf(User{Name: "t"}, Translator), ActorOf(User{Name: "r"}, Reviewer)
	test := func(name string, a Actor, verb Verb, o Object, s Settings, want Kind, ok bool) {
		t.Helper()
		err := Check(a, verb, o, s)
		if ok != (err == nil) || err != nil && KindOf(err) != want {
			t.Errorf("%s: Check(%s) = %v, want ok %v, kind %v", name, verb, err, ok, want)
		}
	}
	test("own wording", reviewer, Approve, Object{State: StateProposed, Own: true}, Settings{}, Forbidden, false)
	test("own wording, one person", reviewer, Approve, Object{State: StateProposed, Own: true}, Settings{OnePerson: true}, 0, true)
	test("a translator's wording is not countersigned", translator, Countersign, Object{State: StateProposed}, Settings{}, Forbidden, false)
	test("a reviewer's is", translator, Countersign, Object{State: StateProposed, ByReviewer: true}, Settings{}, 0, true)
	test("no reason", reviewer, Return, Object{State: StateProposed}, Settings{}, Invalid, false)
	test("accepted already", reviewer, Accept, Object{State: StateApproved}, Settings{}, Conflict, false)
	test("viewer comments", ActorOf(User{}, Viewer), Write, Object{}, Settings{}, Forbidden, false)
	test("viewer may comment", ActorOf(User{}, Viewer), Write, Object{}, Settings{ViewersComment: true}, 0, true)
	test("unknown verb", reviewer, Verb("sing"), Object{}, Settings{}, Invalid, false)
	closed := reviewer
	closed.User.Closed = closed.User.Created.AddDate(1, 0, 0)
	test("closed account", closed, Approve, Object{State: StateProposed}, Settings{}, Forbidden, false)
	test("admin", ActorOf(User{Admin: true}, 0), Release, Object{}, Settings{}, 0, true)
}

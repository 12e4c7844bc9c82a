package check

import "strings"

// finite holds English words that are almost always a verb of their sentence.
var finite = set("is are was were be been am isn't aren't wasn't weren't has have had hasn't haven't hadn't do does did don't doesn't didn't will would shall should can could may might must won't can't cannot says said told went gone came comes made makes took takes taken gave given got gets put set let left held kept saw seen knew known thought found stood began begun rose risen fell fallen grew grown led lost won met paid sent spent built brought bought caught ran run shot struck died it's he's she's that's there's they're we're i'm you're let's remains remain include includes need needs means want wants please see show shows cut hit hurt")

// saysSomething reports whether the words hold what may be a finite verb. It
// errs towards yes: a past form in -ed counts, whatever it is.
func (v *View) saysSomething(words []word) bool {
	for k, w := range words {
		if k > 0 && w.upper { // a name, or the month of May
			continue
		}
		s := strings.ToLower(strings.ReplaceAll(v.text(w), "’", "'"))
		if _, ok := finite[s]; ok || len(s) > 4 && strings.HasSuffix(s, "ed") {
			return true
		}
	}
	return false
}

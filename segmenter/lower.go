package segmenter

// lowerStart reports whether a sentence begins with the word n in lower case.
// People who write so are many on the web; in edited text a stop before a
// small letter is most often an abbreviation that no list has. So an ordinary
// word has to stand before the stop, no quotation may close here, and where
// the language's file does not say otherwise n has to be a common first word.
func (s *scanner) lowerStart(c *candidate, n shape) bool {
	if c.closed || n.opened || n.dashed || c.next == c.end {
		return false
	}
	w := s.p.wordBefore(s.text, s.start, c.stop)
	starter := s.p.isStarter(s.text[n.pos:n.end])
	switch {
	case w.cut:
		return false
	case c.kind == classDot:
		return s.lowerAfterDot(w, starter)
	case s.text[c.stop] == '!' && c.first == c.stop+1 && 0 < w.lowers && w.lowers < w.letters: // perhaps a name: Yahoo!
		return false
	case s.p.lowerStarts:
		return !s.reports(n)
	}
	return starter && w.lowers == w.letters && w.letters > 1 && !s.reports(n)
}

func (s *scanner) lowerAfterDot(w word, starter bool) bool {
	if w.letters+w.digits == 0 { // behind a bracket or quotation mark
		return starter && s.p.lowerStarts
	}
	if k := s.p.abbr.kind(s.text[w.start:w.end]); k != notAbbreviation && !(k == beforeNumber && starter && s.p.lowerStarts && w.letters > 1) || w.dots > 0 {
		return false
	}
	switch {
	case w.isNumber():
		return starter && s.p.lowerStarts
	case !s.p.lowerStarts:
		return starter && w.letters > 2 && w.lowers == w.letters
	case w.lowers < w.letters && w.digits == 0:
		return starter && w.letters > 3
	}
	return starter || w.letters > 2 || w.digits > 0 || s.p.isStarter(s.text[w.start:w.end])
}

// reports reports whether n begins a reporting clause: "he yelled", "said Li".
func (s *scanner) reports(n shape) bool {
	if has(s.p.speech, s.text[n.pos:n.end]) {
		return true
	}
	i := s.p.skipSpace(s.text, n.end)
	if i == len(s.text) || i == n.end || n.len > 4 || !s.p.isStarter(s.text[n.pos:n.end]) {
		return false
	}
	next := s.p.wordFrom(s.text, i, shape{})
	return has(s.p.speech, s.text[next.pos:next.end])
}

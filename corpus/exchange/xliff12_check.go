package exchange

// check12 checks a file of XLIFF 1.2: the elements and attributes by table, then
// what refers to what.
func (x *xliffRead) check12() error {
	if err := (xmlRules{xmlTree: x.xmlTree, core: xliff12, table: rules12, loose: true}).check(x.root); err != nil {
		return err
	}
	for _, f := range x.root.children(xliff12, "file") {
		for _, name := range []string{"source-language", "target-language"} {
			if v := f.attr(name); v != "" && !wellFormedTag(v) {
				return x.refuse(f.start, "the attribute %s is %q, which is no language tag", name, v)
			}
		}
		units := ids{}
		var err error
		f.walk(func(e *xmlElement) bool {
			if err == nil && e.is(xliff12, "trans-unit") {
				if err = units.once(x, e, "id", "file"); err == nil {
					err = x.unit12Check(e)
				}
			}
			return err == nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// once refuses a value of an attribute that the scope has; 1.2 lets an id hold
// any characters.
func (s ids) once(x *xliffRead, e *xmlElement, attr, scope string) error {
	id := e.attr(attr)
	if s[id] != nil {
		return x.refuse(e.start, "the %s %q of %s stands twice in one %s", attr, id, e.name.Local, scope)
	}
	s[id] = e
	return nil
}

// unit12Check checks the marks of segments of a trans-unit, and that paired
// codes are paired.
func (x *xliffRead) unit12Check(e *xmlElement) error {
	mids := ids{}
	if cut := e.child(xliff12, "seg-source"); cut != nil {
		for _, m := range x.segments12(cut) {
			if m.attr("mid") == "" {
				return x.refuse(m.start, "the mark of a segment needs the attribute mid")
			}
			if err := mids.once(x, m, "mid", "seg-source"); err != nil {
				return err
			}
		}
	}
	target := e.child(xliff12, "target")
	if target != nil {
		own := ids{}
		for _, m := range x.segments12(target) {
			if err := own.once(x, m, "mid", "target"); err != nil {
				return err
			}
			if len(mids) > 0 && mids[m.attr("mid")] == nil {
				return x.refuse(m.start, "the segment %q of the target is none of the source", m.attr("mid"))
			}
		}
	}
	for _, text := range []*xmlElement{e.child(xliff12, "source"), target} {
		if text == nil {
			continue
		}
		if err := x.pairs12(text); err != nil {
			return err
		}
	}
	return nil
}

// pairs12 checks that every bpt has its ept, and the other way round.
func (x *xliffRead) pairs12(text *xmlElement) error {
	open := map[string]*xmlElement{}
	var err error
	text.walk(func(e *xmlElement) bool {
		key := e.attr("rid")
		if key == "" {
			key = e.attr("id")
		}
		switch {
		case err != nil || e.name.Space != xliff12:
		case e.name.Local == "bpt":
			open[key] = e
		case e.name.Local == "ept" && open[key] == nil:
			err = x.refuse(e.start, "ept %q ends what no bpt has begun", key)
		case e.name.Local == "ept":
			delete(open, key)
		}
		return err == nil
	})
	if err != nil {
		return err
	}
	for key, e := range open {
		return x.refuse(e.start, "bpt %q has no ept that ends it", key)
	}
	return nil
}

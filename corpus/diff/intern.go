package diff

// interner gives equal strings of two lists equal ids, which are code points
// that survive go-diff's way through strings: no surrogates. All strings of the
// old list must be given before those of the new one.
//
// There are 1,112,060 such ids. Beyond them strings share the id onlyOld or
// onlyNew and so match nothing.
type interner struct {
	ids  map[string]rune
	next rune
}

// Ids that stand in one of the lists only and so never match. Everything the
// new list alone has shares one, which leaves the others to what can match.
const (
	onlyOld rune = iota + 1
	onlyNew
	firstID
)

func (in *interner) old(s string) rune {
	if id, ok := in.ids[s]; ok {
		return id
	}
	if in.ids == nil {
		in.ids, in.next = make(map[string]rune), firstID
	}
	if in.next > 0x10FFFF {
		return onlyOld
	}
	id := in.next
	in.ids[s] = id
	if in.next++; in.next == 0xD800 {
		in.next = 0xE000
	}
	return id
}

func (in *interner) new(s string) rune {
	if id, ok := in.ids[s]; ok {
		return id
	}
	return onlyNew
}

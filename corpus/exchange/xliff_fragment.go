package exchange

import (
	"slices"
	"strings"
)

// fragment checks the form of a reference inside XLIFF 2 (section 4.2, fragment
// identification): parts of the form prefix=id from the file inwards, the last
// of which may be an id alone.
func (s *sideCheck) fragment(e *xmlElement, ref string) error {
	id, local := strings.CutPrefix(ref, "#")
	if !local {
		return nil
	}
	seen := map[string]bool{}
	last := -1
	parts := strings.Split(strings.TrimPrefix(id, "/"), "/")
	for i, part := range parts {
		prefix, value, named := strings.Cut(part, "=")
		switch {
		case part == "" || named && (prefix == "" || value == ""):
			return s.refuse(e.start, "the reference %q is not made of parts such as f=file and u=unit", ref)
		case !named && i != len(parts)-1:
			return s.refuse(e.start, "the reference %q names something inside what has nothing in it", ref)
		case !named:
			continue
		case seen[prefix]:
			return s.refuse(e.start, "the reference %q names %q twice", ref, prefix)
		}
		seen[prefix] = true
		rank := slices.IndexFunc(fragmentOrder, func(list []string) bool { return slices.Contains(list, prefix) })
		if rank < 0 {
			if len(prefix) < 2 || !isToken(prefix) || !isToken(value) {
				return s.refuse(e.start, "the reference %q has the prefix %q, which is none", ref, prefix)
			}
			if !slices.Contains(modulePrefixes, prefix) && !slices.Contains(registeredPrefixes, prefix) {
				return s.refuse(e.start, "the reference %q has the prefix %q, which no module or registered extension has", ref, prefix)
			}
			rank = len(fragmentOrder)
		}
		if rank <= last {
			return s.refuse(e.start, "the reference %q is not in the order file, group, unit, what is in it", ref)
		}
		last = rank
	}
	return nil
}

// fragmentOrder are the prefixes of the core, from the outside inwards. Those of
// one rank cannot stand in one reference.
var fragmentOrder = [][]string{{"f"}, {"g"}, {"u"}, {"n", "d", "t"}}

var (
	modulePrefixes     = []string{"mtc", "gls", "fs", "mda", "res", "ctr", "slr", "val", "its"}
	registeredPrefixes = []string{"tbx"}
)

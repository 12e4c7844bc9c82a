package layout

// comparison walks the structures of a file before and after a splice side by
// side.
type comparison struct {
	before, after *Document
	want          expectation
	optional      []bool // nodes of before all of whose text is gone
	strict        bool   // nothing is deleted or inserted

	failed map[[3]int]bool
	worst  *Refusal
	far    int // how far worst got
}

// compare returns nil if after is before with the expected differences.
func compare(before, after *Document, want expectation) *Refusal {
	c := &comparison{before: before, after: after, want: want, far: -1}
	c.strict = len(want.gone) == 0 && len(want.added) == 0
	if len(want.gone) > 0 {
		c.optional = c.goners()
	}
	if c.walk(0, 0, 0) {
		return nil
	}
	return c.worst
}

// goners marks the nodes that may disappear: those of deleted blocks, and
// those around them that hold nothing else.
func (c *comparison) goners() []bool {
	nodes := c.before.nodes
	out := make([]bool, len(nodes))
	for i := len(nodes) - 1; i >= 0; i-- {
		if nodes[i].block >= 0 {
			out[i] = c.want.gone[nodes[i].block]
			continue
		}
		end := subtree(nodes, i)
		out[i] = end > i+1
		for j := i + 1; j < end; j++ {
			out[i] = out[i] && out[j]
		}
	}
	return out
}

// subtree returns the index after the last node inside node i.
func subtree(nodes []node, i int) int {
	end := i + 1
	for end < len(nodes) && nodes[end].depth > nodes[i].depth {
		end++
	}
	return end
}

// walk compares the nodes from i and j on, when n additions were found. Choices
// arise only where something was deleted or inserted.
func (c *comparison) walk(i, j, n int) bool {
	a, b := c.before.nodes, c.after.nodes
	for {
		if i == len(a) && j == len(b) {
			if n == len(c.want.added) {
				return true
			}
			return c.fail(i, BreaksStructure, -1)
		}
		choice := i < len(a) && c.optional != nil && c.optional[i] || j < len(b) && c.isAddition(j, n)
		if !choice {
			if !c.match(i, j) {
				return false
			}
			i, j = i+1, j+1
			continue
		}
		state := [3]int{i, j, n}
		if c.failed[state] {
			return false
		}
		if c.failed == nil {
			c.failed = make(map[[3]int]bool)
		}
		ok := i < len(a) && c.optional != nil && c.optional[i] && c.walk(subtree(a, i), j, n) ||
			j < len(b) && c.isAddition(j, n) && c.walk(i, subtree(b, j), n+1) ||
			c.match(i, j) && c.walk(i+1, j+1, n)
		c.failed[state] = !ok
		return ok
	}
}

// isAddition reports whether node j of the new file is the next new block.
func (c *comparison) isAddition(j, n int) bool {
	if n == len(c.want.added) {
		return false
	}
	want := c.want.added[n]
	nodes := c.after.nodes
	if nodes[j].kind != want.kind || nodes[j].depth != want.depth {
		return false
	}
	blocks := 0
	for k := j; k < subtree(nodes, j); k++ {
		if nodes[k].block < 0 {
			continue
		}
		blocks++
		if b := &c.after.Blocks[nodes[k].block]; b.Text != want.text || len(b.Tokens) > 0 {
			return false
		}
	}
	return blocks == 1
}

// match compares one node with one.
func (c *comparison) match(i, j int) bool {
	if i >= len(c.before.nodes) || j >= len(c.after.nodes) {
		return c.fail(i, BreaksStructure, -1)
	}
	a, b := &c.before.nodes[i], &c.after.nodes[j]
	if a.depth != b.depth || a.kind != b.kind || c.strict && a.loose != b.loose {
		return c.fail(i, BreaksStructure, a.block)
	}
	if a.block >= 0 && b.block < 0 && c.want.gone[a.block] {
		return true // emptied
	}
	if a.sum != b.sum || (a.block < 0) != (b.block < 0) {
		return c.fail(i, BreaksStructure, a.block)
	}
	if a.block < 0 {
		return true
	}
	old, now := &c.before.Blocks[a.block], &c.after.Blocks[b.block]
	if want, ok := c.want.edited[a.block]; ok {
		if r := reads(old, want, now); r != "" {
			return c.fail(i, r, a.block)
		}
		return true
	}
	if c.want.gone[a.block] {
		return c.fail(i, BreaksStructure, a.block)
	}
	if !sameBlock(old, now) {
		return c.fail(i, ChangesOther, a.block)
	}
	return true
}

// fail records the reason that came furthest into the file.
func (c *comparison) fail(i int, r Reason, block int) bool {
	if i > c.far {
		c.far = i
		c.worst = &Refusal{Block: block, Reason: r}
	}
	return false
}

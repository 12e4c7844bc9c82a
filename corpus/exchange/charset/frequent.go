package charset

import "sync"

// frequentCodes returns the codes of the frequent characters in an encoding of
// two bytes a character. The tables are made once and never changed.
func frequentCodes(e Encoding) map[rune]bool {
	gb, big5 := frequentTables()
	if e == GB18030 {
		return gb
	}
	return big5
}

var frequentTables = sync.OnceValues(func() (gb, big5 map[rune]bool) {
	tables := map[Encoding]map[rune]bool{GB18030: {}, Big5: {}}
	for e, table := range tables {
		encoder := e.codec().NewEncoder()
		for _, r := range frequent {
			// Big5 has no simplified characters, and GBK only by its extension.
			if code, err := encoder.String(string(r)); err == nil && len(code) == 2 {
				table[rune(code[0])<<8|rune(code[1])] = true
			}
		}
	}
	return tables[GB18030], tables[Big5]
})

package quantity

// appendFigures reads the plain figures of a text in any language. Where a
// sign may group thousands or begin a decimal part, exactly three digits after
// the last one mean that it groups.
func appendFigures(dst []Quantity, text string) []Quantity {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		start, num, count, tail := i, int64(0), 0, -1
		for i < len(text) && count < 17 {
			if isDigit(text[i]) {
				num = num*10 + int64(text[i]-'0')
				count++
				if tail >= 0 {
					tail++
				}
				i++
				continue
			}
			if (text[i] == '.' || text[i] == ',') && i+1 < len(text) && isDigit(text[i+1]) {
				tail = 0
				i++
				continue
			}
			break
		}
		exp := 0
		if tail > 0 && tail != 3 {
			exp = -tail
		}
		span := Span{start, i}
		dst = append(dst, Quantity{Span: span, Number: span, Value: Decimal(num, exp), Strong: true})
	}
	return dst
}

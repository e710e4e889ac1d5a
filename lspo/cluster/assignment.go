package cluster

import "math"

// Assign solves the assignment problem by the Hungarian method (Kuhn 1955, in the
// form of successive shortest paths): it pairs rows with columns of a cost matrix
// so that the sum of the paired costs is least and as many pairs as possible are
// made. It returns the column of each row, or -1. Costs must be finite; all rows
// have the same length. The time grows with the cube of the size.
func Assign(cost [][]float64) []int {
	rows := len(cost)
	if rows == 0 {
		return nil
	}
	columns := len(cost[0])
	if rows > columns {
		return assignTransposed(cost, rows, columns)
	}
	// Row 0 and column 0 stand for "none"; owner[j] is the row of column j.
	rowPrice, columnPrice := make([]float64, rows+1), make([]float64, columns+1)
	owner, previous := make([]int, columns+1), make([]int, columns+1)
	for row := 1; row <= rows; row++ {
		owner[0] = row
		column := 0
		slack := make([]float64, columns+1)
		for j := range slack {
			slack[j] = math.Inf(1)
		}
		visited := make([]bool, columns+1)
		for owner[column] != 0 {
			visited[column] = true
			i, next, step := owner[column], 0, math.Inf(1)
			for j := 1; j <= columns; j++ {
				if visited[j] {
					continue
				}
				if reduced := cost[i-1][j-1] - rowPrice[i] - columnPrice[j]; reduced < slack[j] {
					slack[j], previous[j] = reduced, column
				}
				if slack[j] < step {
					step, next = slack[j], j
				}
			}
			for j := range visited {
				if visited[j] {
					rowPrice[owner[j]] += step
					columnPrice[j] -= step
				} else {
					slack[j] -= step
				}
			}
			column = next
		}
		for column != 0 {
			owner[column] = owner[previous[column]]
			column = previous[column]
		}
	}
	result := make([]int, rows)
	for j := 1; j <= columns; j++ {
		if owner[j] != 0 {
			result[owner[j]-1] = j - 1
		}
	}
	return result
}

func assignTransposed(cost [][]float64, rows, columns int) []int {
	result := make([]int, rows)
	for i := range result {
		result[i] = -1
	}
	if columns == 0 {
		return result
	}
	turned := make([][]float64, columns)
	for j := range turned {
		turned[j] = make([]float64, rows)
		for i := range rows {
			turned[j][i] = cost[i][j]
		}
	}
	for j, i := range Assign(turned) {
		result[i] = j
	}
	return result
}

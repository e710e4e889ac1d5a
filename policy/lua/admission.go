package lua

import (
	"fmt"

	"github.com/yuin/gopher-lua/ast"
)

// admission walks a script and finds what is not admitted, and which fields it
// mentions.
type admission struct {
	script *Script
	err    error
}

func (a *admission) refuse(line int, what string) {
	if a.err == nil {
		a.err = fmt.Errorf("%d: %s", line, what)
	}
}

func (a *admission) block(statements []ast.Stmt) {
	for _, s := range statements {
		a.statement(s)
	}
}

func (a *admission) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		a.expressions(s.Lhs)
		a.expressions(s.Rhs)
	case *ast.LocalAssignStmt:
		a.expressions(s.Exprs)
	case *ast.FuncCallStmt:
		a.expression(s.Expr)
	case *ast.DoBlockStmt:
		a.block(s.Stmts)
	case *ast.WhileStmt:
		a.expression(s.Condition)
		a.block(s.Stmts)
	case *ast.RepeatStmt:
		a.block(s.Stmts)
		a.expression(s.Condition)
	case *ast.IfStmt:
		a.expression(s.Condition)
		a.block(s.Then)
		a.block(s.Else)
	case *ast.NumberForStmt:
		a.expressions([]ast.Expr{s.Init, s.Limit, s.Step})
		a.block(s.Stmts)
	case *ast.GenericForStmt:
		a.expressions(s.Exprs)
		a.block(s.Stmts)
	case *ast.FuncDefStmt:
		a.expression(s.Name.Func)
		a.expression(s.Name.Receiver)
		a.expression(s.Func)
	case *ast.ReturnStmt:
		a.expressions(s.Exprs)
	case *ast.BreakStmt, *ast.LabelStmt, *ast.GotoStmt:
	default:
		a.refuse(s.Line(), "this statement is not admitted")
	}
}

func (a *admission) expressions(list []ast.Expr) {
	for _, e := range list {
		a.expression(e)
	}
}

func (a *admission) expression(e ast.Expr) {
	switch e := e.(type) {
	case nil:
	case *ast.TrueExpr, *ast.FalseExpr, *ast.NilExpr, *ast.NumberExpr, *ast.StringExpr, *ast.IdentExpr:
	case *ast.Comma3Expr:
		a.refuse(e.Line(), "\"...\" is not admitted: name the arguments")
	case *ast.StringConcatOpExpr:
		a.refuse(e.Line(), "\"..\" is not admitted: texts come from the script as they are")
	case *ast.AttrGetExpr:
		if key, ok := e.Key.(*ast.StringExpr); ok {
			a.script.mentioned[key.Value] = true
		}
		a.expression(e.Object)
		a.expression(e.Key)
	case *ast.TableExpr:
		for _, f := range e.Fields {
			a.expression(f.Key)
			a.expression(f.Value)
		}
	case *ast.FuncCallExpr:
		if e.Receiver != nil {
			a.expression(e.Receiver)
		} else {
			a.expression(e.Func)
		}
		a.expressions(e.Args)
	case *ast.LogicalOpExpr:
		a.expression(e.Lhs)
		a.expression(e.Rhs)
	case *ast.RelationalOpExpr:
		a.expression(e.Lhs)
		a.expression(e.Rhs)
	case *ast.ArithmeticOpExpr:
		if e.Operator == "^" {
			a.refuse(e.Line(), "\"^\" is not admitted: it is not the same on every machine")
		}
		a.expression(e.Lhs)
		a.expression(e.Rhs)
	case *ast.UnaryMinusOpExpr:
		a.expression(e.Expr)
	case *ast.UnaryNotOpExpr:
		a.expression(e.Expr)
	case *ast.UnaryLenOpExpr:
		a.expression(e.Expr)
	case *ast.FunctionExpr:
		if e.ParList != nil && e.ParList.HasVargs {
			a.refuse(e.Line(), "\"...\" is not admitted: name the arguments")
		}
		a.block(e.Stmts)
	default:
		a.refuse(e.Line(), "this expression is not admitted")
	}
}

# shellcheck shell=bash
# bash completion for tk and its commands. There is no list in here: the
# commands are what is in PATH, and each is asked for its options.

_tk()
{
	local cmd=${COMP_WORDS[0]} cur=$2

	COMPREPLY=()
	if [[ ${cmd##*/} == tk ]]; then
		if ((COMP_CWORD == 1)) && [[ $cur != -* ]]; then
			mapfile -t COMPREPLY < <(compgen -c "tk-$cur" |
				sed 's/^tk-//' | sort -u)
			return
		fi
		[[ ${COMP_WORDS[1]} == -* ]] || cmd=$cmd-${COMP_WORDS[1]}
	fi
	[[ $cur == -* ]] || return
	mapfile -t COMPREPLY < <(compgen -W \
		"$("$cmd" --list-options 2>/dev/null </dev/null)" -- "$cur")
	# An option with an argument goes on after its "=".
	[[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
}

complete -o default -F _tk tk
for _tk_command in $(compgen -c tk- | sort -u); do
	complete -o default -F _tk "$_tk_command"
done
unset _tk_command

#!/usr/bin/env bash
# Which stacks an environment has, read from the stack files, so that a new region needs no change to any workflow.
#
#     list-stacks.sh <environment>      environment: the first part of the stacks' names, such as "prod"
#
# Prints the lines that a step appends to "$GITHUB_OUTPUT":
#     regions=["prod-eu","prod-us"]     the region stacks, which go up side by side
#     global=prod-global                the stack that reads them
#     all=["prod-eu","prod-us","prod-global"]
# `global` is empty for an environment of one region, which has a catalogue of its own in regions/catalogue.ts.
#     pulumi=3.248.0                    the CLI's version: the SDK's
set -euo pipefail

environment="${1:-}"
if [[ ! "$environment" =~ ^[a-z][a-z0-9]*(-[a-z0-9]+)*$ ]]; then
    echo "An environment is lower-case letters and digits, in words parted by hyphens; this is \"$environment\"." >&2
    exit 1
fi

shopt -s nullglob
regions=()
for file in Pulumi."$environment"-*.yaml; do
    stack="${file#Pulumi.}"
    stack="${stack%.yaml}"
    key="${stack#"$environment"-}"
    # Keys have no hyphen: prod-green-us is the environment prod-green's.
    if [[ "$key" == *-* ]]; then
        continue
    fi
    # The name becomes part of a JSON text and of a command line.
    if [[ ! "$key" =~ ^[a-z0-9]+$ ]]; then
        echo "$file: a stack's name is <environment>-<key>, the key of lower-case letters and digits." >&2
        exit 1
    fi
    if [[ "$key" != global ]]; then
        regions+=("\"$stack\"")
    fi
done

if [[ ${#regions[@]} -eq 0 ]]; then
    echo "There is no Pulumi.$environment-<region>.yaml here." >&2
    exit 1
fi
global="$environment-global"
if [[ ! -f "Pulumi.$global.yaml" ]]; then
    # With one stack and regions of its own, nothing of it exists over several regions.
    if [[ ${#regions[@]} -ne 1 ]] || ! grep -Eqs "^    \"?$environment\"?: \[$" regions/catalogue.ts; then
        echo "There is no Pulumi.$global.yaml here." >&2
        exit 1
    fi
    global=""
fi

list="$(IFS=,; echo "${regions[*]}")"
echo "regions=[$list]"
echo "global=$global"
echo "all=[$list${global:+,\"$global\"}]"
echo "pulumi=$(node -p 'require("./package.json").devDependencies["@pulumi/pulumi"]')"

/** How `npm run replacements` is called. */
import { type Command } from "../shared/commandLine";

const USAGE = `Usage: npm run replacements [-- --ask FILE [--type TYPE]...]

Makes tools/preview/against/replacements.json: for each type of @pulumi/aws the
properties whose change makes another resource, by what the provider answered,
by CloudFormation's schemas, by @pulumi/aws-native, by the provider's
documentation, and by rows by hand. Then it previews this project and its
examples, and prints how many of their types the table knows. To be run when
one of the packages has a new version.

Flags:
      --ask FILE   first ask the provider anew, Terraform's for AWS, whose
                   executable this is: what it plans for a change of every
                   property of every type, and which lists are sets. Its
                   answers go to tools/replacements/asked.json and to
                   tools/preview/against/sets.json. It takes a minute or two.
                   AWS is not called, and no credentials are needed.
      --type TYPE  ask only for this type, by the provider's name of it, as
                   aws_instance; may be given several times. Prints the
                   answers, and writes nothing.
  -h, --help       print this

Exit status: 1 when the table knows less than 95 % of the used types, or when
the provider cannot be asked; 2 for a wrong call.
`;

/** The command. */
export const COMMAND: Command = {
    usage: USAGE,
    flags: { ask: { type: "string" }, type: { type: "string", multiple: true } },
    check: ({ flags, lists }) =>
        flags["ask"] === undefined && lists["type"] !== undefined
            ? ["--type says for what the provider is asked; give its executable with --ask, too."]
            : [],
};

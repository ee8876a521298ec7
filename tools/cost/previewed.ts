/** The stacks to estimate, each previewed with the configuration that a usage profile has for it. */
import { isDeepStrictEqual } from "node:util";
import { type PreviewRequest } from "../preview/cli/main";
import { progressLine, stackProgress } from "../preview/render/progress";
import { type PreviewDocument } from "../preview/types";
import { type OutputStream, redirected } from "../shared/streams";
import { configurationFor, type Profile } from "./usageFile";

/** A project, as far as its stacks. */
export interface ProjectOfStacks {
    readonly name: string;
    readonly stacks: readonly string[];
}

/** What previews them, and where its progress goes. */
export interface PreviewContext {
    readonly stdout: OutputStream;
    readonly stderr: OutputStream;
    readonly preview: (request: PreviewRequest) => Promise<PreviewDocument>;
}

/**
 * Previews stacks, without policies.
 *
 * @param call The stacks, none for all, and the folder of the project.
 * @param profile Whose configuration to take. Left out: the stack files' alone.
 */
export async function previewed(
    { cwd, stacks }: { readonly cwd: string | undefined; readonly stacks: readonly string[] },
    profile: Profile | undefined,
    context: PreviewContext,
    project: ProjectOfStacks,
): Promise<PreviewDocument> {
    const wanted = stacks.length === 0 ? project.stacks : stacks;
    const groups: { config: Record<string, string>; stacks: string[] }[] = [];
    for (const stack of wanted) {
        const config = profile === undefined ? {} : configurationFor(profile, project.name, stack);
        const group = groups.find((each) => isDeepStrictEqual(each.config, config));
        if (group === undefined) {
            groups.push({ config, stacks: [stack] });
        } else {
            group.stacks.push(stack);
        }
    }
    const progress = progressLine(context.stderr);
    const previews: PreviewDocument["stacks"][] = [];
    try {
        for (const group of groups) {
            const { stacks: found } = await redirected(context.stdout, context.stderr, () =>
                context.preview({
                    ...(cwd === undefined ? {} : { cwd }),
                    ...group,
                    stackOutputs: {},
                    primaryRegion: undefined,
                    policies: undefined,
                    plainSdk: false,
                    onProgress: (reached) => {
                        progress.update(stackProgress(reached));
                    },
                }),
            );
            previews.push(found);
        }
    } finally {
        progress.clear();
    }
    const all = Object.assign({}, ...previews) as PreviewDocument["stacks"];
    const inOrder = wanted.flatMap((stack) => {
        const preview = all[stack];
        return preview === undefined ? [] : [[stack, preview] as const];
    });
    return { stacks: Object.fromEntries(inOrder), policies: [], cost: {} };
}

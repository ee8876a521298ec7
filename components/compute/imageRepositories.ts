import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    allOf,
    flag,
    input,
    keyArn,
    listOfAtLeast,
    numberIn,
    region,
    required,
    tags,
    text,
    textOf,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Given, type Refusal } from "../shared/argumentTable";
import {
    isNamePart,
    KEEP_IMAGES,
    makeRepository,
    MAX_REPOSITORY_NAME,
    namePart,
    ownAccountPulls,
} from "./repository";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

/** Arguments of ImageRepositories. */
export interface ImageRepositoriesArgs {
    /** The AWS region of the repositories. */
    region: string;
    /** The AWS account that may pull: 12 digits. */
    accountId: pulumi.Input<string>;
    /**
     * What the repositories' names begin with, such as `meridian-prod`. It is the same in every region, so that a
     * pipeline pushes to every region under one name.
     */
    namespace: string;
    /** The images, such as `web` and `api`: one repository each, called `<namespace>/<image>`. */
    images: string[];
    /** ARN of the key that encrypts images, in the same region. It can never be changed afterwards. */
    kmsKeyArn: pulumi.Input<string>;
    /** How many tagged images of each kind are kept. 50 when left out. */
    keepImages?: number;
    /** Whether Pulumi refuses to delete repositories, and ECR those with images. True when left out. */
    deletionProtection?: boolean;
    /** Tags of the repositories, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * The ECR repositories of one region, one per image: tags that never move, a scan with every push, a key of our own,
 * no access from other accounts.
 *
 * Nothing is replicated between regions. The rule that does it exists once per registry and region and would belong to
 * the region that may be lost; a pipeline that pushes to every region keeps them apart.
 *
 * Children: `<name>-<image>`, `<name>-<image>-policy`, `<name>-<image>-lifecycle`.
 */
export class ImageRepositories extends pulumi.ComponentResource {
    /** Where to push and pull each image, without a tag. */
    readonly repositoryUrls: pulumi.Output<Record<string, string>>;
    /** ARN of each image's repository. */
    readonly repositoryArns: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: ImageRepositoriesArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:ImageRepositories", name, args, opts);

        const repositories = args.images.map((image) => ({
            image,
            repository: repositoryOf(this, name, args, image),
        }));

        this.repositoryUrls = byImage(repositories, (repository) => repository.repositoryUrl);
        this.repositoryArns = byImage(repositories, (repository) => repository.arn);
        this.registerOutputs({ repositoryUrls: this.repositoryUrls, repositoryArns: this.repositoryArns });
    }
}

function fitsNamespace(image: unknown, args: Given): Refusal | undefined {
    const full = `${textOf(args.namespace)}/${String(image)}`;
    return full.length <= MAX_REPOSITORY_NAME
        ? undefined
        : { shown: full, allowed: `${MAX_REPOSITORY_NAME} characters with the namespace` };
}

const ARGUMENTS: ArgumentTable<ImageRepositoriesArgs> = {
    region: required(region()),
    accountId: required(input(accountId())),
    namespace: required(namePart),
    images: required(
        listOfAtLeast(
            1,
            text(
                "an image's name",
                allOf(
                    isNamePart,
                    unless((image, _, { before }) => !before.includes(image), "each image once", {
                        remedy: "Remove the second one",
                    }),
                    fitsNamespace,
                ),
            ),
            "one image at least",
        ),
    ),
    kmsKeyArn: required(input(keyArn())),
    keepImages: numberIn({ min: 1, max: 10_000, step: 1 }),
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: ImageRepositoriesArgs): ImageRepositoriesArgs {
    const problems = new Problems("meridian:index:ImageRepositories", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.throwIfAny();
    return args;
}

function repositoryOf(
    parent: ImageRepositories,
    name: string,
    args: ImageRepositoriesArgs,
    image: string,
): aws.ecr.Repository {
    return makeRepository(
        `${name}-${image}`,
        {
            region: args.region,
            name: `${args.namespace}/${image}`,
            kmsKeyArn: args.kmsKeyArn,
            keepImages: args.keepImages ?? KEEP_IMAGES,
            // Pushing is left to the IAM policies of this account alone.
            statements: [ownAccountPulls(args.accountId)],
            deletionProtection: args.deletionProtection ?? true,
            ...(args.tags === undefined ? {} : { tags: args.tags }),
        },
        parent,
    );
}

function byImage(
    repositories: { image: string; repository: aws.ecr.Repository }[],
    value: (repository: aws.ecr.Repository) => pulumi.Output<string>,
): pulumi.Output<Record<string, string>> {
    return pulumi.output(
        Object.fromEntries(repositories.map(({ image, repository }) => [image, value(repository)])),
    );
}

import { expect } from "chai";
import { ImageRepositories, type ImageRepositoriesArgs } from "../../../components/compute/imageRepositories";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { expectRegion, inTestAccount, refusal, statements } from "../../support/surroundings";

const KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const good: ImageRepositoriesArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    namespace: "meridian-prod",
    images: ["web", "api"],
    kmsKeyArn: KEY,
};

const REPOSITORY = "aws:ecr/repository:Repository";

function make(changes: Partial<ImageRepositoriesArgs> = {}) {
    return previewProgram(() => {
        const images = new ImageRepositories("shop-images", { ...good, ...changes }, inTestAccount());
        return { urls: images.repositoryUrls, arns: images.repositoryArns };
    });
}

describe("ImageRepositories", () => {
    it("makes one repository per image, under one name in every region", async () => {
        const preview = await make();
        expect(
            ofType(preview, REPOSITORY).map(({ name, inputs }) => [name, inputs.name]),
        ).to.have.deep.members([
            ["shop-images-web", "meridian-prod/web"],
            ["shop-images-api", "meridian-prod/api"],
        ]);
        expect(preview.outputs.arns).to.deep.equal({
            web: `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/meridian-prod/web`,
            api: `arn:aws:ecr:${TEST_REGION}:${TEST_ACCOUNT}:repository/meridian-prod/api`,
        });
        expect(preview.outputs.urls).to.have.all.keys("web", "api");
        expectRegion(preview, TEST_REGION);
    });

    it("never moves a tag, scans what is pushed, encrypts under the key given", async () => {
        for (const repository of ofType(await make(), REPOSITORY)) {
            expect(repository.inputs).to.deep.include({
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: KEY }],
                forceDelete: false,
            });
            expect(repository.protect).to.equal(true);
        }
    });

    it("lets its own account pull, and names nobody else and no resource", async () => {
        const preview = await make();
        const policy = one(preview, "aws:ecr/repositoryPolicy:RepositoryPolicy", "shop-images-web-policy");
        expect(Object.values(statements(policy))).to.deep.equal([
            {
                Sid: "OwnAccountPulls",
                Effect: "Allow",
                Principal: { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` },
                Action: [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                ],
            },
        ]);
    });

    it("keeps the newest images, and what failed pushes left for a week", async () => {
        const preview = await make({ keepImages: 5 });
        const lifecycle = one(
            preview,
            "aws:ecr/lifecyclePolicy:LifecyclePolicy",
            "shop-images-api-lifecycle",
        );
        const document = json(lifecycle.inputs.policy);
        expect(at(document, "rules[0].selection")).to.deep.equal({
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 7,
        });
        expect(at(document, "rules[1].selection")).to.deep.equal({
            tagStatus: "any",
            countType: "imageCountMoreThan",
            countNumber: 5,
        });
        expect(lifecycle.inputs.repository).to.equal("meridian-prod/api");
    });

    it("lets go of repositories and images when told so", async () => {
        const repository = one(await make({ deletionProtection: false }), REPOSITORY, "shop-images-web");
        expect(repository.inputs.forceDelete).to.equal(true);
        expect(repository.protect).to.equal(false);
    });

    it("replicates nothing: that is the registry's own setting, once per account and region", async () => {
        const types = new Set((await make()).resources.map(({ type }) => type));
        expect([...types].filter((type) => type.startsWith("aws:ecr/")).sort()).to.deep.equal([
            "aws:ecr/lifecyclePolicy:LifecyclePolicy",
            REPOSITORY,
            "aws:ecr/repositoryPolicy:RepositoryPolicy",
        ]);
    });

    it("names all problems at once", async () => {
        const message = await refusal(
            () =>
                new ImageRepositories(
                    "shop-images",
                    {
                        ...good,
                        region: "eu",
                        namespace: "Meridian",
                        images: ["web", "a__b", "web"],
                        keepImages: 0,
                    },
                    inTestAccount(),
                ),
        );
        expect(message).to.contain("has 5 problems");
        expect(message).to.contain('region is "eu"');
        expect(message).to.contain(
            'namespace is "Meridian"; allowed: lower-case letters and digits, with single . _ or - between them',
        );
        expect(message).to.contain('images[1] is "a__b"');
        expect(message).to.contain('images[2] is "web"; allowed: each image once. Remove the second one');
        expect(message).to.contain("keepImages is 0; allowed: a number from 1 to 10000 in steps of 1");
    });

    it("takes names of 256 characters and refuses 257, and no images", async () => {
        const image = "i".repeat(256 - "meridian-prod/".length);
        expect((await make({ images: [image] })).error).to.equal(undefined);
        expect((await make({ images: [`${image}i`] })).error?.message).to.contain(
            "256 characters with the namespace",
        );
        expect((await make({ images: [] })).error?.message).to.contain(
            "images is []; allowed: one image at least",
        );
    });
});

/** What the tests of the components around the five classes share. */
import { expect } from "chai";
import {
    at,
    json,
    type ProgramPreview,
    previewProgram,
    type RegisteredResource,
    testProvider,
} from "./preview";

/** Options with which a test makes a component: the provider is passed on to every child. */
export function inTestAccount() {
    return { providers: [testProvider()] };
}

/** Previews a program that is expected to be refused, and returns what the error says. */
export async function refusal(program: () => unknown): Promise<string> {
    const preview = await previewProgram(program);
    expect(registeredBy(preview), "registered before the arguments were checked").to.deep.equal([]);
    return preview.error?.message ?? "nothing was refused";
}

/** The URNs of what a program registered beside its stack and its providers: components and resources. */
export function registeredBy(preview: ProgramPreview): string[] {
    return preview.resources.filter(({ type }) => !type.startsWith("pulumi:")).map(({ urn }) => urn);
}

// These types know no region: IAM is global, and S3's account settings are.
const WITHOUT_REGION = /^aws:(iam\/|s3\/accountPublicAccessBlock:)/;

/** Asserts that every AWS resource says in which region it is, and was given the test's own provider. */
export function expectRegion(preview: ProgramPreview, region: string): void {
    const own = preview.resources.filter((resource) => resource.type.startsWith("aws:"));
    expect(own, "AWS resources").to.not.have.lengthOf(0);
    for (const resource of own) {
        expect(resource.provider, resource.urn).to.match(/::pulumi:providers:aws::aws::/);
        if (!WITHOUT_REGION.test(resource.type)) {
            expect(resource.inputs.region, resource.urn).to.equal(region);
        }
    }
}

/** A statement of a policy document. */
export type Statement = Record<string, unknown> & { Sid: string };

/** The statements of a policy that an input holds as text, by their ids. */
export function statements(resource: RegisteredResource, property = "policy"): Record<string, Statement> {
    const document = json(resource.inputs[property]);
    expect(at(document, "Version")).to.equal("2012-10-17");
    const list = at(document, "Statement") as Statement[];
    const byId = Object.fromEntries(list.map((statement) => [statement.Sid, statement]));
    expect(Object.keys(byId), "statement ids").to.have.lengthOf(list.length);
    return byId;
}

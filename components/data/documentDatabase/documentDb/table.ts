import {
    arnOf,
    flagWhere,
    input,
    isGiven,
    judgedWhile,
    keyArn,
    leftOutWhile,
    numberIn,
    numberOf,
    object,
    oneOf,
    required,
    tagValue,
    textWhere,
    wholeNumber,
} from "../../../shared/argumentRules";
import { type ArgumentTable, type Given, type Refusal, type Rule } from "../../../shared/argumentTable";
import { isKnown } from "../../../shared/validation";
import { backupWindow, maintenanceWindow } from "../../auroraGlobal/windowRules";
import { IDENTIFIER_MAX } from "../../auroraMember/identifiers";
import { INSTANCES_MAX } from "../../auroraMember/members";
import { identifier, isProtected } from "../../auroraMember/table";
import {
    type DocumentDbArgs,
    type DocumentDbCapacity,
    DocumentDbStorage,
    DocumentEngine,
    type DocumentGlobalCluster,
    DocumentGlobalRole,
} from "../args";
import { copyRegions } from "../copyRegions";
import { DEFAULT_INSTANCE_CLASS } from "../settings";

const isChosen = (args: Given): boolean => args.engine === DocumentEngine.DocumentDb;

/** Judged, beside its kind, while the engine is DocumentDB, so that one value may choose between the two. */
const whileChosen = <K extends Rule["kind"], R extends boolean, L extends boolean>(
    of: Rule<K, R, L>,
): Rule<K, R, L> => judgedWhile(isChosen, of);

/** DocumentDB Developer Guide, "Serverless scaling configuration": steps of half a unit, up to 256. */
const UNITS_MAX = 256;
const UNIT_STEP = 0.5;

const CAPACITY: ArgumentTable<DocumentDbCapacity> = {
    minCapacity: required(
        whileChosen(
            numberIn(
                (_, { within }) => ({
                    min: UNIT_STEP,
                    max: numberOf(within.maxCapacity, UNITS_MAX),
                    step: UNIT_STEP,
                }),
                { kind: "a number of DCU from 0.5 to maxCapacity" },
            ),
        ),
    ),
    maxCapacity: required(
        whileChosen(
            numberIn({ min: 1, max: UNITS_MAX, step: UNIT_STEP }, { kind: "a number of DCU from 1 to 256" }),
        ),
    ),
};

/** DocumentDB Developer Guide, "Global clusters": a primary and up to ten secondaries. */
const SECONDARIES_MAX = 10;

const GLOBAL_CLUSTER: ArgumentTable<DocumentGlobalCluster> = {
    identifier: required(input(identifier(IDENTIFIER_MAX))),
    role: required(oneOf(DocumentGlobalRole)),
    secretReplicas: copyRegions(SECONDARIES_MAX, isChosen),
    secretArn: input(arnOf("secretsmanager", "a secret's replica")),
    secretKmsKeyArn: input(keyArn()),
};

/** What of a member of a global cluster depends on its role, which a rule of one property does not see. */
function globalMember(): Rule<"object", false, false> {
    const of = object(GLOBAL_CLUSTER);
    return {
        ...of,
        judge: (value, args) => (isChosen(args) ? roleRefusals(value as Given) : undefined),
    };
}

function roleRefusals(member: Given): Refusal[] {
    if (member.role === DocumentGlobalRole.Secondary) {
        const missing = ["secretArn", "secretKmsKeyArn"].filter((property) => !isGiven(member[property]));
        return [
            ...missing.map((property) => ({
                at: `.${property}`,
                shown: undefined,
                allowed: "a value in the role Secondary, which reads the primary's secret",
                remedy: "The primary replicates it by secretReplicas, and its output secretArns has the ARNs",
            })),
            ...unwanted(member, ["secretReplicas"], "Secondary, whose secret is a replica itself"),
        ];
    }
    return [
        ...unwanted(member, ["secretArn", "secretKmsKeyArn"], "Primary, which makes the secret itself"),
        ...(isKnown(member.identifier)
            ? []
            : [
                  {
                      at: ".identifier",
                      shown: "an output",
                      allowed:
                          "a text that is known now in the role Primary, which makes the cluster of that name",
                  },
              ]),
    ];
}

function unwanted(member: Given, properties: readonly string[], role: string): Refusal[] {
    return properties
        .filter((property) => isGiven(member[property]))
        .map((property) => ({
            at: `.${property}`,
            shown: "given",
            allowed: `nothing in the role ${role}`,
        }));
}

const dbOf = (args: Given): Given => (args.documentDb ?? {}) as Given;
const isGlobal = (args: Given): boolean => isGiven(dbOf(args).globalCluster);
const isServerless = (args: Given): boolean => isGiven(dbOf(args).serverlessCapacity);

// AWS adds classes; the families of this list are those of cfn-lint 1.58.0's data for both engines' regions.
const CLASS = /^db\.(?:r5|r6g|r6gd|r8g|t3|t4g)\.(?:medium|large|\d{0,2}xlarge)$/;

/** The rules of DocumentDB's own arguments. */
export const DOCUMENT_DB_ARGUMENTS: ArgumentTable<DocumentDbArgs> = {
    instanceClass: leftOutWhile(
        (args) => isChosen(args) && isServerless(args),
        () => ({ allowed: "nothing beside serverlessCapacity, which says how large the instances are" }),
        whileChosen(
            textWhere(
                (value, args) => CLASS.test(value) && !(isGlobal(args) && value.startsWith("db.t")),
                (args) =>
                    `a class of DocumentDB's instances, such as ${DEFAULT_INSTANCE_CLASS}` +
                    (isGlobal(args) ? ", and none that bursts (t3, t4g) in a global cluster" : ""),
                { kind: `a class of instances, such as ${DEFAULT_INSTANCE_CLASS}` },
            ),
        ),
    ),
    serverlessCapacity: leftOutWhile(
        (args) => isChosen(args) && isGlobal(args),
        () => ({
            allowed: "nothing beside globalCluster",
            remedy: "AWS has no global clusters of serverless instances; give instanceClass",
        }),
        object(CAPACITY),
    ),
    instanceCount: whileChosen(
        wholeNumber(
            (args) => ({ min: isProtected(args) ? 2 : 1, max: INSTANCES_MAX }),
            (args) => `a whole number from ${isProtected(args) ? 2 : 1} to ${INSTANCES_MAX}`,
            {
                remedy: "Under deletion protection there are two at least: one alone has nothing to fail over to",
            },
        ),
    ),
    storage: oneOf(DocumentDbStorage),
    globalCluster: globalMember(),
    masterUsername: whileChosen(
        textWhere(
            // DocumentDB API Reference, CreateDBCluster; `admin` is reserved, as CDK's construct says too.
            (value) => /^[A-Za-z][A-Za-z0-9]{0,62}$/.test(value) && value.toLowerCase() !== "admin",
            "1 to 63 letters and digits, a letter first, and not admin",
        ),
    ),
    // DocumentDB Developer Guide, "Profiling operations": 50 at least.
    profilerThresholdMilliseconds: whileChosen(
        wholeNumber({ min: 50, max: 2_147_483_647 }, "a whole number of milliseconds, 50 or more"),
    ),
    backupWindow: whileChosen(backupWindow()),
    maintenanceWindow: whileChosen(maintenanceWindow()),
    backup: whileChosen(tagValue()),
    skipFinalSnapshot: whileChosen(
        flagWhere((skip, args) => !(skip && isProtected(args)), "false under deletion protection", {
            remedy: "Set deletionProtection to false for a throw-away database",
        }),
    ),
};

/** The versions that DocumentDB has for new clusters, and releases of theirs. */
export function isDocumentDbVersion(version: string): boolean {
    return /^[58]\.0(?:\.\d{1,2})?$/.test(version);
}

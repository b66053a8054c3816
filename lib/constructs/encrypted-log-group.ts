import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface EncryptedLogGroupProps {
  /** Full name; the key's policy must allow CloudWatch Logs this name. */
  readonly name: string;

  readonly key: kms.IKey;

  /** Days to keep events: one of the numbers that CloudWatch Logs accepts. */
  readonly retentionDays: number;

  /**
   * Mask what looks like identifiers to readers without `logs:Unmask`. A second net only: the service logs an
   * allow-list of fields.
   *
   * @default false
   */
  readonly masked?: boolean;

  /**
   * Refuse deletion until this is lifted.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
}

const { DataIdentifier } = logs;

/** Identifiers of 45 CFR 164.514(b)(2) that CloudWatch Logs knows, and credentials. */
const maskedIdentifiers = [
  DataIdentifier.SSN_US,
  DataIdentifier.EMAILADDRESS,
  DataIdentifier.PHONENUMBER_US,
  DataIdentifier.ADDRESS,
  DataIdentifier.NAME,
  DataIdentifier.DRIVERSLICENSE_US,
  DataIdentifier.MEDICAREBENEFICIARYNUMBER_US,
  DataIdentifier.HEALTHINSURANCECLAIMNUMBER_US,
  DataIdentifier.DRUGENFORCEMENTAGENCYNUMBER_US,
  DataIdentifier.CREDITCARDNUMBER,
  DataIdentifier.AWSSECRETKEY,
  DataIdentifier.PKCSPRIVATEKEY,
  DataIdentifier.OPENSSHPRIVATEKEY,
];

/** A log group with a customer key and a chosen retention, which outlives its stack. */
export class EncryptedLogGroup extends logs.LogGroup {
  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps) {
    super(scope, id, {
      logGroupName: props.name,
      encryptionKey: props.key,
      retention: props.retentionDays as logs.RetentionDays,
      // A first deploy that fails leaves nothing under a name that the next one needs; but what refuses deletion would
      // keep CloudFormation from undoing the rest.
      removalPolicy: props.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      deletionProtectionEnabled: props.deletionProtection,
      dataProtectionPolicy: props.masked
        ? new logs.DataProtectionPolicy({ name: 'mask-identifiers', identifiers: maskedIdentifiers })
        : undefined,
    });
  }
}

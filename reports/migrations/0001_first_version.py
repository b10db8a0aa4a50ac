"""The tables of the first version.

`replaces` names the steps on the way to it. A database that has taken all of them is at this one; one that has taken
only some of them cannot go on from there.
"""

import django.db.models.deletion
import program.models.program
import ui.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0003_plans'),
        ('reports', '0004_handling_layouts_openness'),
        ('reports', '0005_headings_to_layouts'),
    ]

    dependencies = [
        ('organisation', '0001_first_version'),
        ('program', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handouts', to='program.program')),
                ('case_number', ui.fields.LineField(blank=True, max_length=40, verbose_name='case number')),
                ('request', ui.fields.ProseField(max_length=1000, verbose_name='what was asked for')),
                ('requested_on', models.DateField(verbose_name='asked for on')),
                ('records', models.JSONField(default=list, verbose_name='kinds of record')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('handed_out_at', models.DateTimeField(blank=True, null=True)),
                ('handed_out_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.BinaryField(null=True)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'handout',
                'ordering': ['-requested_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('checksum', ''), ('handed_out_at__isnull', True), ('handed_out_by__isnull', True)), models.Q(('handed_out_at__isnull', False), ('handed_out_by__isnull', False), models.Q(('checksum', ''), _negated=True)), _connector='OR'), name='handout_handed_out_at_and_by')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Mask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handout', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='masks', to='reports.handout')),
                ('record', models.CharField(max_length=30)),
                ('row', models.PositiveBigIntegerField()),
                ('field', models.CharField(max_length=40)),
                ('words', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='words')),
                ('ground', ui.fields.LineField(max_length=200, verbose_name='ground')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'mask',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('handout', 'record', 'row', 'field', 'words'), name='mask_once_per_words')],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='program.program')),
                ('kind', models.CharField(choices=[('plan', 'plan'), ('half_year', 'half-year report'), ('final', 'final report'), ('monthly', 'monthly measures'), ('feedback', 'feedback to managers')], default='half_year', max_length=20, verbose_name='kind')),
                ('period', models.CharField(max_length=20, verbose_name='period')),
                ('cut_off', models.DateField(verbose_name='cut-off')),
                ('texts_due_on', models.DateField(blank=True, null=True, verbose_name='texts ready by')),
                ('meets_on', models.DateField(verbose_name='committee meets')),
                ('case_numbers', models.JSONField(default=list, verbose_name='case numbers')),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_checksum', models.CharField(blank=True, editable=False, max_length=64)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'report',
                'ordering': ['-cut_off'],
                'constraints': [models.UniqueConstraint(fields=('program', 'period'), name='report_once_per_period', violation_error_message='There is already a report for this period.'), models.UniqueConstraint(condition=models.Q(('kind__in', ('plan', 'half_year', 'final'))), fields=('program', 'cut_off'), name='report_once_per_cut_off', violation_error_message='There is already a report with this cut-off.'), models.CheckConstraint(condition=models.Q(('meets_on__gte', models.F('cut_off'))), name='report_cut_off_before_meeting', violation_error_message="The cut-off lies after the committee's meeting."), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='report_approved_at_and_by')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='reports.report')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisation.forum', verbose_name='forum')),
                ('held_on', models.DateField(verbose_name='date')),
                ('paragraph', ui.fields.LineField(blank=True, max_length=30, verbose_name='paragraph')),
                ('case_number', ui.fields.LineField(blank=True, max_length=40, verbose_name='case number')),
                ('presenter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.role', verbose_name='presented by')),
                ('proposal', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='proposal')),
                ('summary', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='summary')),
                ('assessment', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='assessment')),
                ('handling', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='what happened at the meeting')),
                ('motion', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='motion')),
                ('outcome', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='outcome')),
                ('minutes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes_of', to='program.document', verbose_name='extract of the minutes')),
                ('documents', models.ManyToManyField(blank=True, related_name='hearings', to='program.document', verbose_name='basis documents')),
            ],
            options={
                'verbose_name': 'handling',
                'ordering': ['held_on', 'pk'],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Instruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='reports.hearing')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('text', ui.fields.ProseField(max_length=1000, verbose_name='what the body asks for')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='program.activity', verbose_name='activity')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='program.processstep', verbose_name='process step')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered')),
                ('answer', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='answer')),
            ],
            options={
                'verbose_name': "the committee's instruction",
                'ordering': ['hearing__held_on', 'order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on__isnull', True)), models.Q(('answered_on__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='instruction_answer_has_a_day', violation_error_message='An answer has a text and a day.')],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='reports.report')),
                ('version', models.PositiveSmallIntegerField()),
                ('schema', models.PositiveSmallIntegerField()),
                ('content', models.TextField()),
                ('checksum', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('corrects', ui.fields.ProseField(blank=True, max_length=1000, verbose_name='what this version corrects')),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('report', 'version'), name='release_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('corrects', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('corrects', ''), _negated=True)), _connector='OR'), name='release_correction_says_what', violation_error_message='Say what the new version corrects.')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reports.release')),
                ('form', models.CharField(max_length=8)),
                ('part', models.CharField(max_length=10)),
                ('data', models.BinaryField()),
                ('checksum', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['form', 'part'],
                'constraints': [models.UniqueConstraint(fields=('release', 'form', 'part'), name='release_file_once')],
            },
        ),
        migrations.CreateModel(
            name='DecisionPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='reports.report')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('text', ui.fields.ProseField(max_length=1000, verbose_name='the committee is asked to decide')),
            ],
            options={
                'verbose_name': 'point of decision',
                'ordering': ['order', 'pk'],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='ChecklistSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklists', to='reports.report')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklists', to='organisation.membership')),
                ('on', models.DateField()),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'membership', 'on'), name='checklist_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='retention_rules', to='organisation.organisation')),
                ('record', models.CharField(max_length=30, verbose_name='kind of record')),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='years')),
                ('basis', ui.fields.LineField(blank=True, max_length=200, verbose_name='by which decision')),
            ],
            options={
                'verbose_name': 'retention rule',
                'ordering': ['record'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'record'), name='retention_rule_once_per_record')],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rulings', to='reports.hearing')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='reports.decisionpoint')),
                ('outcome', models.CharField(choices=[('adopted', 'adopted'), ('changed', 'adopted with changes'), ('rejected', 'rejected'), ('referred', 'referred back'), ('postponed', 'postponed'), ('noted', 'noted')], max_length=20, verbose_name='outcome')),
                ('words', ui.fields.ProseField(blank=True, max_length=1000, verbose_name="in the body's own words")),
            ],
            options={
                'verbose_name': 'ruling',
                'ordering': ['point__order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('hearing', 'point'), name='ruling_once_per_point')],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='reports.report')),
                ('key', models.CharField(max_length=30)),
                ('text', ui.fields.ProseField(blank=True, max_length=20000, verbose_name='text')),
                ('writer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sections', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'section',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'key'), name='section_once_per_report')],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='SectionLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='section_layouts', to='organisation.organisation')),
                ('kind', models.CharField(choices=[('plan', 'plan'), ('half_year', 'half-year report'), ('final', 'final report'), ('monthly', 'monthly measures'), ('feedback', 'feedback to managers')], max_length=20, verbose_name='kind')),
                ('part', models.CharField(choices=[('letter', 'covering letter'), ('report', 'report')], max_length=10, verbose_name='part')),
                ('key', models.CharField(max_length=30)),
                ('heading', ui.fields.LineField(blank=True, max_length=80, verbose_name='heading')),
                ('fixed_text', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='fixed text')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('is_left_out', models.BooleanField(default=False, verbose_name='left out')),
            ],
            options={
                'verbose_name': 'section of the layout',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'key'), name='section_layout_once_per_key')],
            },
        ),
        migrations.CreateModel(
            name='WordTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='word_templates', to='organisation.organisation')),
                ('name', ui.fields.LineField(max_length=200, verbose_name='name')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('is_active', models.BooleanField(default=False, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'Word template',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('organisation',), name='word_template_one_in_use')],
            },
        ),
        migrations.CreateModel(
            name='DigestSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='organisation.membership')),
                ('week', ui.fields.LineField(max_length=8)),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('membership', 'week'), name='digest_once_a_week')],
            },
        ),
    ]

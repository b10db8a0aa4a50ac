"""The tables of the first version.

`replaces` names the steps on the way to it. A database that has taken all of them is at this one; one that has taken
only some of them cannot go on from there.
"""

import django.core.validators
import django.db.models.deletion
import program.models.program
import ui.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('dialogues', '0001_initial'),
        ('dialogues', '0002_initial'),
        ('dialogues', '0003_notes_as_written'),
        ('dialogues', '0004_meetings_words_ballots'),
        ('dialogues', '0005_slips_count_nothing'),
        ('dialogues', '0006_each_department_agrees'),
    ]

    dependencies = [
        ('organisation', '0001_first_version'),
        ('program', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dialogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dialogues', to='program.program')),
                ('kind', models.CharField(choices=[('dialogue', 'dialogue'), ('workshop', 'workshop'), ('review', 'survey or review')], default='dialogue', max_length=20, verbose_name='kind')),
                ('title', ui.fields.LineField(blank=True, help_text='For example: Workshop with the management group.', max_length=160, verbose_name='name')),
                ('held_on', models.DateField(verbose_name='date')),
                ('held_until', models.DateField(blank=True, null=True, verbose_name='to')),
                ('held_words', ui.fields.LineField(blank=True, max_length=60, verbose_name='date as written')),
                ('number_present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number present')),
                ('invited', models.PositiveIntegerField(blank=True, null=True, verbose_name='invited')),
                ('answered', models.PositiveIntegerField(blank=True, null=True, verbose_name='answered')),
                ('summary', ui.fields.ProseField(blank=True, max_length=4000, verbose_name="the group's own summary")),
                ('logged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('head_agreed_at', models.DateTimeField(blank=True, null=True, verbose_name="the departments' side agreed")),
                ('head_agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hr_agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='HR agreed')),
                ('hr_agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('departments', models.ManyToManyField(blank=True, help_text='A workshop or a review may be without any.', related_name='dialogues', to='organisation.department', verbose_name='departments')),
                ('held_by', models.ManyToManyField(blank=True, related_name='+', to='organisation.role', verbose_name='held by')),
                ('heads_agreed', models.ManyToManyField(blank=True, related_name='+', to='organisation.department', verbose_name='departments that have agreed to publish')),
            ],
            options={
                'verbose_name': 'dialogue',
                'ordering': ['-held_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('held_until__isnull', True), ('held_until__gte', models.F('held_on')), _connector='OR'), name='dialogue_ends_after_it_starts', violation_error_message='It ends before it starts.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), _connector='OR'), name='dialogue_confirmed_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('head_agreed_at__isnull', False), ('head_agreed_by__isnull', False)), models.Q(('head_agreed_at__isnull', True), ('head_agreed_by__isnull', True)), _connector='OR'), name='dialogue_head_agreed_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('hr_agreed_at__isnull', False), ('hr_agreed_by__isnull', False)), models.Q(('hr_agreed_at__isnull', True), ('hr_agreed_by__isnull', True)), _connector='OR'), name='dialogue_hr_agreed_at_and_by'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('confirmed_at__isnull', False), ('hr_agreed_at__isnull', False)), _connector='OR'), name='dialogue_published_when_agreed', violation_error_message='A dialogue is published when both the department and HR have agreed.')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='program.program')),
                ('dialogue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ballots', to='dialogues.dialogue', verbose_name='meeting')),
                ('question', ui.fields.LineField(max_length=300, verbose_name='question')),
                ('points', models.PositiveSmallIntegerField(default=100, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='points to share out')),
                ('picks', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='number of picks')),
                ('expected', models.PositiveSmallIntegerField(blank=True, help_text='The ballot closes by itself when so many have voted.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='number present')),
                ('code', models.CharField(blank=True, max_length=8)),
                ('voters', models.PositiveIntegerField(blank=True, null=True, verbose_name='voters')),
                ('is_reported', models.BooleanField(default=False, verbose_name='reported from elsewhere')),
                ('source', ui.fields.LineField(blank=True, max_length=300, verbose_name='source')),
                ('voted_on', models.DateField(blank=True, null=True, verbose_name='date of the vote')),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'prioritisation',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='ballot_code_once'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), _connector='OR'), name='ballot_opened_at_and_by'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('published_by__isnull', False)), models.Q(('published_at__isnull', True), ('published_by__isnull', True)), _connector='OR'), name='ballot_published_at_and_by'), models.CheckConstraint(condition=models.Q(('is_reported', True), ('closed_at__isnull', True), ('opened_at__isnull', False), _connector='OR'), name='ballot_closed_after_it_opened'), models.CheckConstraint(condition=models.Q(('is_reported', True), ('published_at__isnull', True), ('closed_at__isnull', False), _connector='OR'), name='ballot_published_when_closed', violation_error_message='A ballot is published when it is closed.')],
            },
        ),
        migrations.CreateModel(
            name='BallotOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='dialogues.ballot')),
                ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ballot_options', to='program.need', verbose_name='need')),
                ('text', ui.fields.LineField(max_length=200, verbose_name='option')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('points', models.PositiveIntegerField(default=0, verbose_name='points')),
                ('pickers', models.PositiveIntegerField(default=0, verbose_name='voters that chose it')),
                ('reported_percent', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='percent as reported')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('ballot', 'text'), name='ballot_option_once', violation_error_message='This option is there already.')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='program.program')),
                ('dialogue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='erasures', to='dialogues.dialogue')),
                ('ground', models.CharField(choices=[('named', 'somebody is named or can be recognised'), ('number', 'a personal identity number'), ('sensitive', 'health or other sensitive personal data'), ('secret', 'secrecy applies')], max_length=20, verbose_name='ground')),
                ('places', models.PositiveSmallIntegerField(default=0, verbose_name='places')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='dialogues.ballotoption')),
                ('text', ui.fields.LineField(max_length=500, verbose_name='reason')),
            ],
            options={
                'ordering': ['text'],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='dialogues.ballot')),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'digest'), name='slip_once_per_ballot')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='dialogues.dialogue')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='program.area', verbose_name='area')),
                ('kind', models.CharField(choices=[('current', 'how it is now'), ('opportunity', 'development opportunity'), ('need', 'need')], max_length=20, verbose_name='kind')),
                ('theme', models.CharField(blank=True, choices=[('strength', 'strength'), ('support', 'support'), ('change', 'change'), ('training', 'training'), ('network', 'network'), ('clarification', 'clarification')], max_length=20, verbose_name='theme')),
                ('label', ui.fields.LineField(blank=True, max_length=120, verbose_name='label')),
                ('heading', ui.fields.LineField(blank=True, max_length=160, verbose_name='heading in the notes')),
                ('owner_words', ui.fields.LineField(blank=True, max_length=200, verbose_name='owner as written')),
                ('text', ui.fields.LineField(max_length=1000, verbose_name='text')),
                ('order', models.PositiveIntegerField(default=0)),
                ('is_withheld', models.BooleanField(default=False, verbose_name='not to be published')),
                ('owners', models.ManyToManyField(blank=True, related_name='+', to='organisation.role', verbose_name='owners')),
                ('needs', models.ManyToManyField(blank=True, related_name='statements', to='program.need', verbose_name='needs')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='program.need')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='organisation.department')),
                ('statement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='dialogues.statement', verbose_name='statement')),
                ('text', ui.fields.ProseField(max_length=2000, verbose_name='what we meant')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('reply', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='reply')),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', False), ('replied_by__isnull', False)), models.Q(('replied_at__isnull', True), ('replied_by__isnull', True)), _connector='OR'), name='objection_replied_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='dialogues.statement')),
                ('before', ui.fields.LineField(max_length=1000, verbose_name='before')),
                ('after', ui.fields.LineField(max_length=1000, verbose_name='after')),
                ('reason', ui.fields.LineField(max_length=300, verbose_name='reason')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
    ]
